#pragma once

#include <cstddef>
#include <cstdint>

namespace digitlab {

/// Identifies the random numbers of a mask.
struct DropoutStream {
    std::uint64_t seed = 0;
    std::uint32_t layer = 0;
    std::uint64_t step = 0;
};

/// mask(i) = 0 with probability `rate`, otherwise 1 / (1 - rate), for i in [first, first + count); `first` must be a multiple
/// of 4. Each value depends only on the stream and i.
void make_dropout_mask(const DropoutStream& stream, float rate, std::size_t first, std::size_t count, float* mask);

/// to = from * mask
void multiply_values(const float* from, const float* mask, float* to, std::size_t count);

}  // namespace digitlab
