#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "data/grey.h"

namespace digitlab {

namespace {

/// Luma of Rec. 709, whose primaries sRGB has; the weights sum up to 1024.
int luma(std::span<const std::uint8_t> rgb) { return (218 * rgb[0] + 732 * rgb[1] + 74 * rgb[2] + 512) / 1024; }

std::uint8_t grey_over_white(std::span<const std::uint8_t> rgba) {
    const int alpha = rgba[3];
    return static_cast<std::uint8_t>((luma(rgba) * alpha + 255 * (255 - alpha) + 127) / 255);
}

}  // namespace

Result<GreyImage> grey_from_rgba(std::span<const std::uint8_t> rgba, int width, int height) {
    // In 64 bits: WebAssembly's std::size_t has 32, and the product could wrap around to the right number of bytes.
    const std::uint64_t pixels =
        static_cast<std::uint64_t>(std::max(width, 0)) * static_cast<std::uint64_t>(std::max(height, 0));
    if (pixels == 0) return fail("bad-image", "The picture has no pixels: its width and height must be at least 1.");
    if (rgba.size() % 4 != 0 || rgba.size() / 4 != pixels) {
        return fail("bad-image", "A picture of " + std::to_string(width) + "x" + std::to_string(height) + " pixels needs " +
                                     "four bytes for each, but there are " + std::to_string(rgba.size()) + " bytes in all.");
    }
    GreyImage image{width, height, std::vector<std::uint8_t>(rgba.size() / 4)};
    for (std::size_t i = 0; i < image.ink.size(); ++i) image.ink[i] = grey_over_white(rgba.subspan(4 * i, 4));
    return image;
}

}  // namespace digitlab
