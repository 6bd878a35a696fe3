#pragma once

#include <span>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace digitlab {

/// What a model's figures are worth, found out with digits it was not trained on. Kept in its file's notes.
struct Calibration {
    /// Logits are divided by this before softmax, so that of all answers given with confidence p a share of p is right (Guo et
    /// al., "On calibration of modern neural networks", 2017). The digit answered stays the same.
    double temperature = 1;
    double validation_accuracy = 0;  ///< 0: unknown
    /// A picture shows a digit when these, times its features (the input of the last layer), and `digit_bias` add up to 0 or
    /// more. Empty: unknown, so everything does.
    std::vector<float> digit_weights;
    float digit_bias = 0;

    bool fits(std::span<const float> features) const;
};

/// `logits` divided by the temperature, as probabilities.
void calibrated_softmax(std::span<const float> logits, double temperature, std::span<float> probabilities);

Json to_json(const Calibration& calibration);
/// Code "bad-model".
Result<Calibration> calibration_from_json(const Json& json);

/// That of a model's notes; the default when they hold none. Code "bad-model".
Result<Calibration> calibration_of(const Json& notes);

}  // namespace digitlab
