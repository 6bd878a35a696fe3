#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "data/ink.h"

namespace digitlab {

// Sample digits drawn as strokes, so that a new visitor needs no data set.

/// The strokes of `digit` (0 to 9) as smooth lines in a unit square, y downwards. Each `variant` is written slightly
/// differently: rotated, slanted, stretched, with a trembling hand.
std::vector<std::vector<InkPoint>> sample_strokes(int digit, std::uint64_t variant);

/// The digit drawn in the centre of a canvas.
GreyImage sample_drawing(int digit, std::uint64_t variant);

/// A photo of a note with several digits, 0 black to 255 white: 640×480 pixels, uneven light, noise, grey ink on paper that is
/// not white.
GreyImage sample_photo(std::uint64_t variant);

/// Enlarges a digit of 28×28 bytes, as in MNIST, smoothly to the size of the canvas.
GreyImage enlarged_digit(std::span<const std::uint8_t> digit);

}  // namespace digitlab
