#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "data/ink.h"

namespace digitlab {

/// Grey of an RGBA picture (luma of sRGB, alpha over white), 0 black to 255 white. `rgba` holds width × height × 4 bytes; code
/// "bad-image" if not.
Result<GreyImage> grey_from_rgba(std::span<const std::uint8_t> rgba, int width, int height);

}  // namespace digitlab
