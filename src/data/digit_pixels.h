#pragma once

#include <array>

namespace digitlab {

inline constexpr int digit_side = 28;
inline constexpr int digit_pixels = digit_side * digit_side;

/// An image in the form that all models take: 28×28, 0 paper to 1 ink, row by row.
using DigitPixels = std::array<float, digit_pixels>;

}  // namespace digitlab
