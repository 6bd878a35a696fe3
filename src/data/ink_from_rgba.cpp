#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "data/preprocess.h"

namespace digitlab {

namespace {

/// Luma of Rec. 709, whose primaries sRGB has; the weights sum up to 1024.
int luma(std::span<const std::uint8_t> rgb) { return (218 * rgb[0] + 732 * rgb[1] + 74 * rgb[2] + 512) / 1024; }

std::uint8_t grey_over_white(std::span<const std::uint8_t> rgba) {
    const int alpha = rgba[3];
    return static_cast<std::uint8_t>((luma(rgba) * alpha + 255 * (255 - alpha) + 127) / 255);
}

/// The border shows paper even where a stroke runs off the picture, as long as most of it is paper: hence the median.
int paper_grey(const GreyImage& grey) {
    std::vector<std::uint8_t> border;
    for (int x = 0; x < grey.width; ++x) {
        border.push_back(grey.at(x, 0));
        border.push_back(grey.at(x, grey.height - 1));
    }
    for (int y = 0; y < grey.height; ++y) {
        border.push_back(grey.at(0, y));
        border.push_back(grey.at(grey.width - 1, y));
    }
    const auto middle = border.begin() + static_cast<std::ptrdiff_t>(border.size() / 2);
    std::ranges::nth_element(border, middle);
    return *middle;
}

/// Ink by grey value: paper, and what is beyond it on the other side, is 0; the far end of the scale is 255.
std::vector<std::uint8_t> ink_table(int paper) {
    const bool paper_is_light = paper >= 128;
    const int range = paper_is_light ? paper : 255 - paper;
    std::vector<std::uint8_t> table(256);
    for (int grey = 0; grey < 256; ++grey) {
        const int above_paper = std::max(paper_is_light ? paper - grey : grey - paper, 0);
        table[static_cast<std::size_t>(grey)] = static_cast<std::uint8_t>((255 * above_paper + range / 2) / range);
    }
    return table;
}

}  // namespace

Result<GreyImage> ink_from_rgba(std::span<const std::uint8_t> rgba, int width, int height) {
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
    const std::vector<std::uint8_t> table = ink_table(paper_grey(image));
    for (std::uint8_t& value : image.ink) value = table[value];
    return image;
}

}  // namespace digitlab
