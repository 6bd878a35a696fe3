#include "data/grey.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/within_memory.h"

namespace digitlab {

namespace {

/// Red, green or blue.
using Colour = std::array<int, 3>;

/// Luma of Rec. 709, which has the same primaries as sRGB; the weights sum to 1024.
int luma(const Colour& rgb) { return (218 * rgb[0] + 732 * rgb[1] + 74 * rgb[2] + 512) / 1024; }
int red(const Colour& rgb) { return rgb[0]; }
int green(const Colour& rgb) { return rgb[1]; }
int blue(const Colour& rgb) { return rgb[2]; }
int darkest(const Colour& rgb) { return std::min({rgb[0], rgb[1], rgb[2]}); }
int lightest(const Colour& rgb) { return std::max({rgb[0], rgb[1], rgb[2]}); }

using Channel = int (*)(const Colour&);
constexpr Channel channels[] = {luma, red, green, blue, darkest, lightest};
/// Luma is what people see; another channel must show the ink better by this factor.
constexpr double clearly_better = 1.5;

Colour over_white(std::span<const std::uint8_t> rgba) {
    const int alpha = rgba[3];
    Colour rgb{};
    for (std::size_t i = 0; i < 3; ++i) rgb[i] = (rgba[i] * alpha + 255 * (255 - alpha) + 127) / 255;
    return rgb;
}

struct RgbaView {
    std::span<const std::uint8_t> bytes;  ///< (height, width, 4)
    int width, height;

    Colour at(int x, int y) const {
        const auto pixel = static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
        return over_white(bytes.subspan(4 * pixel, 4));
    }
};

/// Mean colours of square cells of a picture, about 64 along its longer side.
struct Mosaic {
    int width, height;
    std::vector<Colour> cells;
};

/// The mean colour of the cell that begins at (left, top); the last cells of a row or column may be cut off. A large cell is
/// sampled at a few pixels in each direction, always including its first.
Colour mean_colour(const RgbaView& picture, int left, int top, int cell) {
    const int right = std::min(left + cell, picture.width), bottom = std::min(top + cell, picture.height);
    const int step = std::max(1, cell / 4);
    Colour sum{};
    int count = 0;
    for (int y = top; y < bottom; y += step) {
        for (int x = left; x < right; x += step, ++count) {
            const Colour rgb = picture.at(x, y);
            for (std::size_t i = 0; i < rgb.size(); ++i) sum[i] += rgb[i];
        }
    }
    for (int& channel : sum) channel /= count;
    return sum;
}

Mosaic mosaic_of(const RgbaView& picture) {
    const int cell = std::max(1, std::max(picture.width, picture.height) / 64);
    Mosaic mosaic{(picture.width + cell - 1) / cell, (picture.height + cell - 1) / cell, {}};
    for (int row = 0; row < mosaic.height; ++row) {
        for (int column = 0; column < mosaic.width; ++column) {
            mosaic.cells.push_back(mean_colour(picture, column * cell, row * cell, cell));
        }
    }
    return mosaic;
}

/// How much cells two apart differ in a channel: large where there are strokes, in any light.
double contrast(const Mosaic& mosaic, Channel channel) {
    std::vector<int> values;
    for (const Colour& cell : mosaic.cells) values.push_back(channel(cell));
    double sum = 0;
    const auto add = [&](std::size_t a, std::size_t b) {
        const double difference = values[a] - values[b];
        sum += difference * difference;
    };
    const auto width = static_cast<std::size_t>(mosaic.width), height = static_cast<std::size_t>(mosaic.height);
    for (std::size_t y = 0; y < height; ++y) {
        for (std::size_t x = 0; x < width; ++x) {
            if (x + 2 < width) add(y * width + x, y * width + x + 2);
            if (y + 2 < height) add(y * width + x, (y + 2) * width + x);
        }
    }
    return std::sqrt(sum);
}

Channel best_channel(const Mosaic& mosaic) {
    Channel best = luma;
    double most = contrast(mosaic, luma) * clearly_better;
    for (const Channel channel : channels) {
        const double own = contrast(mosaic, channel);
        if (own <= most) continue;
        most = own;
        best = channel;
    }
    return best;
}

Result<GreyImage> grey_of_best_channel(const RgbaView& picture) {
    const Channel channel = best_channel(mosaic_of(picture));
    GreyImage image{picture.width, picture.height, std::vector<std::uint8_t>(picture.bytes.size() / 4)};
    for (std::size_t i = 0; i < image.ink.size(); ++i) {
        image.ink[i] = static_cast<std::uint8_t>(channel(over_white(picture.bytes.subspan(4 * i, 4))));
    }
    return image;
}

}  // namespace

Result<GreyImage> grey_from_rgba(std::span<const std::uint8_t> rgba, int width, int height) {
    // Use 64 bits: WebAssembly's std::size_t has 32, and the product could wrap around to the right number of bytes.
    const std::uint64_t pixels =
        static_cast<std::uint64_t>(std::max(width, 0)) * static_cast<std::uint64_t>(std::max(height, 0));
    if (pixels == 0) return fail("bad-image", "The picture has no pixels: its width and height must be at least 1.");
    if (rgba.size() % 4 != 0 || rgba.size() / 4 != pixels) {
        return fail("bad-image", "A picture of " + std::to_string(width) + "x" + std::to_string(height) + " pixels needs " +
                                     "four bytes for each, but there are " + std::to_string(rgba.size()) + " bytes in all.");
    }
    return within_memory(no_memory_for_picture, [&] { return grey_of_best_channel({rgba, width, height}); });
}

}  // namespace digitlab
