#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "data/ink.h"

namespace digitlab {

// Digits to try, drawn as strokes of our own, so that a first visitor needs no data set.

/// The strokes of `digit` (0 to 9) as smooth lines in a unit square, y downwards. Each `variant` is written a little
/// differently: turned, slanted, stretched, with a trembling hand.
std::vector<std::vector<InkPoint>> sample_strokes(int digit, std::uint64_t variant);

/// The digit drawn in the middle of a canvas.
GreyImage sample_drawing(int digit, std::uint64_t variant);

/// A photo of a note with several digits, 0 black to 255 white: 640×480 pixels, uneven light, noise, grey ink on paper that is
/// nowhere white.
GreyImage sample_photo(std::uint64_t variant);

/// A digit of 28×28 bytes, MNIST's form, smoothly enlarged to a drawing of the canvas's size.
GreyImage enlarged_digit(std::span<const std::uint8_t> digit);

}  // namespace digitlab
