#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "data/ink.h"

namespace digitlab {

/// Grey of an RGBA picture, 0 black to 255 white: luma of sRGB, alpha over white. Ink that luma hardly shows (yellow or light
/// blue on white, red on blue) is seen in the channel that shows it best: red, green, blue, or the least or greatest of them.
/// `rgba` holds width × height × 4 bytes; code "bad-image" if not, "no-memory" when memory has run out.
Result<GreyImage> grey_from_rgba(std::span<const std::uint8_t> rgba, int width, int height);

}  // namespace digitlab
