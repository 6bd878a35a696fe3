#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "data/ink.h"

namespace digitlab {

/// Converts an RGBA picture to grey, 0 black to 255 white: the luma of sRGB, with alpha over white. If luma hardly shows the
/// ink (yellow or light blue on white, red on blue), the channel that shows it best is used: red, green, blue, or their minimum
/// or maximum. `rgba` must hold width × height × 4 bytes, or it fails with "bad-image"; "no-memory" when memory runs out.
Result<GreyImage> grey_from_rgba(std::span<const std::uint8_t> rgba, int width, int height);

}  // namespace digitlab
