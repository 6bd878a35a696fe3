#pragma once

#include <span>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace digitlab {

/// How far a model's figures can be trusted, measured on digits that it was not trained on. Kept in its file's notes.
struct Calibration {
    /// Logits are divided by this before softmax, so that a share p of all answers given with confidence p is correct (Guo et
    /// al., "On calibration of modern neural networks", 2017). The predicted digit stays the same.
    double temperature = 1;
    double validation_accuracy = 0;  ///< 0 if unknown
    /// An image shows a digit if the dot product of these and its features (the input of the last layer), plus `digit_bias`, is
    /// at least 0. If empty, they are unknown, and everything counts as a digit.
    std::vector<float> digit_weights;
    float digit_bias = 0;

    bool fits(std::span<const float> features) const;
};

/// Converts `logits`, divided by the temperature, to probabilities.
void calibrated_softmax(std::span<const float> logits, double temperature, std::span<float> probabilities);

Json to_json(const Calibration& calibration);
/// Fails with "bad-model".
Result<Calibration> calibration_from_json(const Json& json);

/// The calibration in a model's notes, or the default if they hold none. Fails with "bad-model".
Result<Calibration> calibration_of(const Json& notes);

}  // namespace digitlab
