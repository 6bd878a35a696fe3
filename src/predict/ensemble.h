#pragma once

#include <span>
#include <string>
#include <vector>

#include "predict/predictor.h"

namespace digitlab {

/// All models as one: the mean of their probabilities. It is usually right more often than any of them, because their
/// mistakes differ.
struct Ensemble {
    int digit = -1;  ///< -1 without answers
    float confidence = 0;
    std::vector<float> probabilities;
    KnownClasses classes = {};
    int models = 0;  ///< the number of models counted

    std::string label() const { return classes.name(digit); }
};

/// Combines the answers that count (see `leading_answer`), except those with another number of classes than the leading one.
Ensemble find_ensemble(std::span<const Answer> answers);

}  // namespace digitlab
