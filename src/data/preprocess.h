#pragma once

#include <array>
#include <span>

#include "base/result.h"
#include "data/ink.h"

namespace digitlab {

inline constexpr int digit_side = 28;
inline constexpr int digit_pixels = digit_side * digit_side;

/// A picture as every model gets it: 28×28, 0 paper to 1 ink, row by row.
using DigitPixels = std::array<float, digit_pixels>;

/// A drawn digit on its way to 28×28, each stage kept so that it can be shown.
struct PreparedDigit {
    bool blank = true;                             ///< no ink: the rest is empty and no model should be asked
    int left = 0, top = 0, right = 0, bottom = 0;  ///< the ink's box in the source picture, right and bottom exclusive
    GreyImage fitted;                              ///< the box scaled into 20×20, aspect kept, by area averaging
    DigitPixels pixels{};                          ///< `fitted` placed so that its centre of mass is in the middle of 28×28
};

/// Makes of a drawing what NIST's digits were made into for MNIST (LeCun et al., "Gradient-based learning applied to
/// document recognition", 1998): fit into 20×20 keeping the aspect ratio, then move by whole pixels until the centre of mass
/// lies within pixel (14, 14) of 28×28. An MNIST picture comes back as it was, 1 % of them a pixel off.
/// Ink below `threshold` counts as paper when the box is found.
PreparedDigit prepare_digit(const GreyImage& drawing, int threshold = 32);

/// Grey of an RGBA picture (sRGB luma, alpha over white paper), turned so that ink is high: the border decides
/// whether paper is light or dark. `rgba` holds width × height × 4 bytes; code "bad-image" if not.
Result<GreyImage> ink_from_rgba(std::span<const std::uint8_t> rgba, int width, int height);

}  // namespace digitlab
