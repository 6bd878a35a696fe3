#include "data/stroke_width.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace digitlab {

namespace {

constexpr int smallest_side = 56;     ///< twice MNIST's; in smaller pictures, a pixel is a large part of a stroke
constexpr double usual_share = 0.14;  ///< share of the longer side: 2.8 of 20 pixels

/// Sets each pixel to the darkest of itself and its neighbours: the four beside it, or all eight.
GreyImage grown(const GreyImage& from, bool diagonally) {
    GreyImage to{from.width + 2, from.height + 2, {}};
    to.ink.resize(static_cast<std::size_t>(to.width) * static_cast<std::size_t>(to.height));
    const auto place = [&](int x, int y) -> std::uint8_t& {
        return to.ink[static_cast<std::size_t>(y) * static_cast<std::size_t>(to.width) + static_cast<std::size_t>(x)];
    };
    for (int y = 0; y < from.height; ++y) {
        for (int x = 0; x < from.width; ++x) {
            const std::uint8_t ink = from.at(x, y);
            if (ink == 0) continue;
            for (int dy = -1; dy <= 1; ++dy) {
                for (int dx = -1; dx <= 1; ++dx) {
                    if (!diagonally && dx != 0 && dy != 0) continue;
                    std::uint8_t& pixel = place(x + 1 + dx, y + 1 + dy);
                    pixel = std::max(pixel, ink);
                }
            }
        }
    }
    return to;
}

}  // namespace

double mean_stroke_width(const GreyImage& crop) {
    double area = 0, edge = 0;
    const auto ink = [&](int x, int y) {
        return x >= 0 && y >= 0 && x < crop.width && y < crop.height ? static_cast<double>(crop.at(x, y)) / 255 : 0.0;
    };
    for (int y = -1; y < crop.height; ++y) {
        for (int x = -1; x < crop.width; ++x) {
            const double here = ink(x, y);
            area += here;
            edge += std::hypot(ink(x + 1, y) - here, ink(x, y + 1) - here);
        }
    }
    return edge > 0 ? 2 * area / edge : 0;
}

GreyImage with_usual_stroke_width(const GreyImage& crop) {
    const int longer = std::max(crop.width, crop.height);
    if (longer < smallest_side) return crop;
    // Growing by one pixel makes a stroke two pixels wider, but also the picture, of which its width is a share.
    const double missing = usual_share * longer - mean_stroke_width(crop);
    const int steps = static_cast<int>(missing / (2 * (1 - usual_share)) + 0.5);
    GreyImage thick = crop;
    // Alternating between the two kinds turns a point into an octagon.
    for (int step = 0; step < steps; ++step) thick = grown(thick, step % 2 != 0);
    return thick;
}

}  // namespace digitlab
