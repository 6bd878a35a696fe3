#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/random.h"

namespace digitlab {

/// The row numbers of a data set, divided in two. No row is in both.
struct Split {
    std::vector<std::uint32_t> train;
    std::vector<std::uint32_t> validation;
};

/// Takes `validation_count` of `rows` rows for validation, at random; the rest is for training. Same seed, same split.
Split split_rows(std::size_t rows, std::size_t validation_count, std::uint64_t seed);

/// A Fisher-Yates shuffle.
void shuffle_rows(std::span<std::uint32_t> rows, RandomStream random);

}  // namespace digitlab
