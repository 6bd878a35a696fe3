#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"
#include "data/digit_pixels.h"
#include "data/ink.h"

namespace digitlab {

inline constexpr int largest_picture_side = 4096;

/// Decodes a PNG, JPEG or BMP file as grey, 0 black to 255 white. `name` is what messages call it. Pictures above 4096 pixels a
/// side or 16 megapixels are refused by their header. Codes "bad-image" and "image-too-large".
Result<GreyImage> decode_picture(const std::string& name, std::span<const std::uint8_t> file);

/// `grey` scaled into 28×28 by area averaging, aspect kept, with the colour of its own border around. One of 28×28 stays as it
/// is.
GreyImage fit_picture(const GreyImage& grey);

/// Mean of the outermost pixels, 0 black to 255 white: mostly paper.
double border_brightness(const GreyImage& grey);

}  // namespace digitlab
