#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "data/dataset.h"
#include "data/split.h"
#include "train/spec.h"

namespace digitlab {

/// 0, 1, … rows - 1.
std::vector<std::uint32_t> all_rows(std::size_t rows);

/// The rows of a training set with `rows` rows that a spec trains and validates on.
Split choose_training_rows(const ExperimentSpec& spec, std::size_t rows);

/// Puts the training rows into the order for epoch number `epoch`.
void order_rows(std::span<std::uint32_t> rows, const ExperimentSpec& spec, std::span<const std::uint8_t> labels, int epoch);

/// The labels of a whole data set as a spec trains on them: a share, `label_noise`, is replaced by random other classes.
std::vector<std::uint8_t> training_labels(const ExperimentSpec& spec, const Dataset& data);

}  // namespace digitlab
