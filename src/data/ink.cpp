#include "data/ink.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

namespace digitlab {

namespace {

/// A round-ended line. Uses double, so that the square of any float coordinate fits.
struct Capsule {
    double x, y;    ///< one end
    double dx, dy;  ///< vector to the other end
    double radius;

    double reach() const { return radius + 0.5; }

    double distance_squared(double px, double py) const {
        const double length_squared = dx * dx + dy * dy;
        const double along = length_squared > 0 ? ((px - x) * dx + (py - y) * dy) / length_squared : 0;
        const double nearest = std::clamp(along, 0.0, 1.0);
        const double away_x = px - x - nearest * dx;
        const double away_y = py - y - nearest * dy;
        return away_x * away_x + away_y * away_y;
    }

    /// The share of a pixel that is inked, as 0 to 255: it falls to 0 across the pixel that the edge passes through.
    std::uint8_t ink_at(double px, double py) const {
        const double squared = distance_squared(px, py);
        if (squared >= reach() * reach()) return 0;
        const double coverage = std::min(reach() - std::sqrt(squared), 1.0);
        return static_cast<std::uint8_t>(255 * coverage + 0.5);
    }
};

/// Pixels [first, last) of a row or column.
struct PixelRange {
    int first, last;
};

/// The pixels whose centres may lie between two positions, within the canvas.
PixelRange pixels_between(double low, double high) {
    constexpr double side = InkCanvas::side;
    return {static_cast<int>(std::clamp(std::floor(low), 0.0, side)), static_cast<int>(std::clamp(std::ceil(high), 0.0, side))};
}

PixelRange rows_of(const Capsule& line) {
    return pixels_between(line.y + std::min(line.dy, 0.0) - line.reach(), line.y + std::max(line.dy, 0.0) + line.reach());
}

/// The part of one row that the line can reach. Without it, a diagonal would visit its whole bounding box.
PixelRange columns_of(const Capsule& line, double row_centre) {
    double from = 0;
    double to = 1;
    if (line.dy != 0) {
        const double one = (row_centre - line.reach() - line.y) / line.dy;
        const double other = (row_centre + line.reach() - line.y) / line.dy;
        from = std::clamp(std::min(one, other), 0.0, 1.0);
        to = std::clamp(std::max(one, other), 0.0, 1.0);
    }
    const double x_from = line.x + from * line.dx;
    const double x_to = line.x + to * line.dx;
    return pixels_between(std::min(x_from, x_to) - line.reach(), std::max(x_from, x_to) + line.reach());
}

bool is_finite(InkPoint point) { return std::isfinite(point.x) && std::isfinite(point.y); }

/// Sets every pixel that the line reaches to `combine(pixel, coverage)` and updates `inked`, the number of pixels that are not
/// 0. Returns whether any pixel changed.
template <class Combine>
bool change_along(GreyImage& image, InkPoint from, InkPoint to, float diameter, std::size_t& inked, Combine&& combine) {
    if (!is_finite(from) || !is_finite(to) || !std::isfinite(diameter) || diameter <= 0) return false;
    const double x = static_cast<double>(from.x);
    const double y = static_cast<double>(from.y);
    const Capsule line{x, y, static_cast<double>(to.x) - x, static_cast<double>(to.y) - y, static_cast<double>(diameter) / 2};

    bool changed = false;
    const PixelRange rows = rows_of(line);
    for (int row = rows.first; row < rows.last; ++row) {
        const PixelRange columns = columns_of(line, row + 0.5);
        std::uint8_t* pixels = image.ink.data() + std::ptrdiff_t{row} * image.width;
        for (int column = columns.first; column < columns.last; ++column) {
            const std::uint8_t before = pixels[column];
            const std::uint8_t after = combine(before, line.ink_at(column + 0.5, row + 0.5));
            if (after == before) continue;
            inked += static_cast<std::size_t>(after != 0);
            inked -= static_cast<std::size_t>(before != 0);
            pixels[column] = after;
            changed = true;
        }
    }
    return changed;
}

}  // namespace

InkCanvas::InkCanvas() : image_{side, side, std::vector<std::uint8_t>(std::size_t{side} * side, 0)} {}

void InkCanvas::draw_line(InkPoint from, InkPoint to, float diameter) {
    // Keep the darker value: pieces of one stroke overlap, and overlapping ink gets no darker.
    const auto draw = [](std::uint8_t paper, std::uint8_t ink) { return std::max(paper, ink); };
    if (change_along(image_, from, to, diameter, inked_, draw)) ++revision_;
}

void InkCanvas::erase_line(InkPoint from, InkPoint to, float diameter) {
    const auto erase = [](std::uint8_t paper, std::uint8_t rubber) {
        return std::min(paper, static_cast<std::uint8_t>(255 - rubber));
    };
    if (change_along(image_, from, to, diameter, inked_, erase)) ++revision_;
}

void InkCanvas::clear() {
    if (blank()) return;
    std::ranges::fill(image_.ink, std::uint8_t{0});
    inked_ = 0;
    ++revision_;
}

Status InkCanvas::set_image(GreyImage image) {
    if (image.width != side || image.height != side || image.ink.size() != image_.ink.size()) {
        return fail("bad-image", "A drawing has " + std::to_string(side) + "x" + std::to_string(side) + " pixels, not " +
                                     std::to_string(image.width) + "x" + std::to_string(image.height) + ".");
    }
    image_ = std::move(image);
    inked_ = image_.ink.size() - static_cast<std::size_t>(std::ranges::count(image_.ink, std::uint8_t{0}));
    ++revision_;
    return {};
}

}  // namespace digitlab
