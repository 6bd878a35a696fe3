#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/random.h"

namespace digitlab {

/// Row numbers of a data set, divided. No row is in both.
struct Split {
    std::vector<std::uint32_t> train;
    std::vector<std::uint32_t> validation;
};

/// Takes `validation_count` random rows out of `rows` for validation; the rest trains. Same seed, same split.
Split split_rows(std::size_t rows, std::size_t validation_count, std::uint64_t seed);

/// Fisher-Yates.
void shuffle_rows(std::span<std::uint32_t> rows, RandomStream random);

}  // namespace digitlab
