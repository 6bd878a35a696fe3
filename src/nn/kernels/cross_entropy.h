#pragma once

#include <cstdint>
#include <span>

#include "nn/network.h"

namespace digitlab {

/// probabilities(row) = softmax(logits(row)), both (rows, classes). Stable for logits of any size.
void softmax(std::span<const float> logits, int classes, std::span<float> probabilities);

/// Returns the cross-entropy of softmax(logits) and how often the largest logit is correct. If `gradient`, (rows, classes), is
/// not empty, also writes the gradient of the mean loss over the rows: (softmax(logits) - target) / rows. The target is
/// one_hot(label), of which `smoothing` (0 to below 1) is distributed over all classes (Szegedy et al., 2016).
BatchResult softmax_cross_entropy(std::span<const float> logits, int classes, std::span<const std::uint8_t> labels,
                                  std::span<float> gradient, float smoothing = 0);

}  // namespace digitlab
