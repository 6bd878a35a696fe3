#pragma once

#include <span>
#include <vector>

#include "predict/predictor.h"

namespace digitlab {

/// All models as one: the mean of their probabilities. It is usually right more often than each of them, because their
/// mistakes differ.
struct Ensemble {
    int digit = -1;  ///< -1 without answers
    float confidence = 0;
    std::vector<float> probabilities;
};

/// Answers with another number of classes than the first are left out.
Ensemble find_ensemble(std::span<const Answer> answers);

}  // namespace digitlab
