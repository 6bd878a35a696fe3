#pragma once

#include <cstdint>
#include <span>

#include "nn/network.h"

namespace digitlab {

/// probabilities(row) = softmax(logits(row)), both (rows, classes). Stable for logits of any size.
void softmax(std::span<const float> logits, int classes, std::span<float> probabilities);

/// Cross-entropy of softmax(logits) and the hits of the largest logit. With `gradient`, (rows, classes), also writes the
/// gradient of the mean loss over the rows: (softmax(logits) - one_hot(label)) / rows.
BatchResult softmax_cross_entropy(std::span<const float> logits, int classes, std::span<const std::uint8_t> labels,
                                  std::span<float> gradient);

}  // namespace digitlab
