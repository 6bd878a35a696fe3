#pragma once

#include <cstdint>

#include "data/digit_pixels.h"
#include "data/ink.h"

namespace digitlab {

// Scales pictures. Digits are prepared as NIST's digits were for MNIST (LeCun et al., "Gradient-based learning applied to
// document recognition", 1998).

inline constexpr int fitted_side = 20;

/// Scales `crop`, which the ink fills, into a square of `side` pixels by area averaging, keeping the aspect ratio. This turns a
/// thin pen grey, but every digit of MNIST contains black, so the darkest pixel is made black.
GreyImage fit_into_square(const GreyImage& crop, int side = fitted_side);

/// Scales `image` to `side` pixels along its longer side by area averaging, keeping the aspect ratio; values are not stretched.
/// If the shorter side is not a whole number of pixels, it is scaled to be one.
GreyImage area_average(const GreyImage& image, int side);

/// Scales `image` down by area averaging if it has more than `pixels` pixels.
GreyImage with_at_most(std::int64_t pixels, const GreyImage& image);

/// Scales `grey` into 28×28 by area averaging, keeping the aspect ratio, and pads it with the colour of its own border. A
/// picture of 28×28 stays unchanged.
GreyImage fit_picture(const GreyImage& grey);

/// The mean of the outermost pixels, which are mostly paper; 0 black to 255 white.
double border_brightness(const GreyImage& grey);

/// Moves `fitted`, no side above 28 pixels, by whole pixels until its centre of mass lies within pixel (14, 14) of 28×28.
DigitPixels centre_by_mass(const GreyImage& fitted);

/// Puts `fitted` in the centre of 28×28, wherever its ink is.
DigitPixels centre_by_box(const GreyImage& fitted);

}  // namespace digitlab
