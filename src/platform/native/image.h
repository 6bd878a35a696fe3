#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace digitlab {

/// A picture in colour, 8 bits a channel, row by row.
struct RgbaImage {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba;  ///< (height, width, 4)
};

/// Reads PNG, JPEG, BMP, GIF or PGM with stb_image. Codes "no-file", "bad-image", and "image-too-large" above 40 megapixels,
/// which is found out from the header, before any memory is taken.
Result<RgbaImage> read_image(const std::string& path);

}  // namespace digitlab
