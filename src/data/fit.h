#pragma once

#include <cstdint>

#include "data/digit_pixels.h"
#include "data/ink.h"

namespace digitlab {

// Scales pictures. A digit's ink becomes what NIST's digits were made into for MNIST (LeCun et al., "Gradient-based learning
// applied to document recognition", 1998).

inline constexpr int fitted_side = 20;

/// `crop`, which the ink fills, scaled into a square of `side` pixels, aspect kept, by area averaging. A thin pen becomes grey
/// on the way, while every digit of MNIST has black in it, so the darkest pixel is made black.
GreyImage fit_into_square(const GreyImage& crop, int side = fitted_side);

/// `image` scaled to `side` pixels along its longer side, aspect kept, by area averaging; no value is stretched. What does not
/// fill its last pixel, where the aspect leaves a fraction, is scaled to fill it.
GreyImage area_average(const GreyImage& image, int side);

/// `image`, scaled down by area averaging where it has more than so many pixels.
GreyImage with_at_most(std::int64_t pixels, const GreyImage& image);

/// `grey` scaled into 28×28 by area averaging, aspect kept, with the colour of its own border around. One of 28×28 stays as it
/// is.
GreyImage fit_picture(const GreyImage& grey);

/// Mean of the outermost pixels, 0 black to 255 white: mostly paper.
double border_brightness(const GreyImage& grey);

/// `fitted`, no side above 28 pixels, moved by whole pixels until its centre of mass lies within pixel (14, 14) of 28×28.
DigitPixels centre_by_mass(const GreyImage& fitted);

/// `fitted` in the middle of 28×28, wherever its ink is.
DigitPixels centre_by_box(const GreyImage& fitted);

}  // namespace digitlab
