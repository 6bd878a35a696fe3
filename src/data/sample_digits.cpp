#include "data/sample_digits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "base/random.h"
#include "data/digit_pixels.h"

namespace digitlab {

namespace {

using Stroke = std::vector<InkPoint>;

/// Digits as written by hand: a few points per stroke, through which a curve is drawn.
const std::array<std::vector<Stroke>, 10>& written_digits() {
    static const std::array<std::vector<Stroke>, 10> digits = {{
        {{{.56F, .08F},
          {.33F, .17F},
          {.22F, .48F},
          {.32F, .84F},
          {.55F, .92F},
          {.75F, .74F},
          {.78F, .40F},
          {.66F, .13F},
          {.52F, .09F}}},
        {{{.38F, .26F}, {.55F, .08F}, {.53F, .50F}, {.50F, .93F}}},
        {{{.24F, .28F}, {.40F, .10F}, {.64F, .13F}, {.70F, .34F}, {.52F, .62F}, {.24F, .89F}, {.50F, .87F}, {.80F, .90F}}},
        {{{.27F, .16F},
          {.52F, .08F},
          {.70F, .24F},
          {.60F, .42F},
          {.42F, .48F},
          {.66F, .54F},
          {.74F, .74F},
          {.54F, .92F},
          {.26F, .86F}}},
        {{{.42F, .08F}, {.32F, .34F}, {.22F, .60F}, {.50F, .60F}, {.82F, .58F}}, {{.64F, .32F}, {.62F, .62F}, {.58F, .94F}}},
        {{{.34F, .12F}, {.31F, .28F}, {.29F, .46F}, {.50F, .42F}, {.70F, .56F}, {.68F, .80F}, {.46F, .92F}, {.24F, .84F}},
         {{.34F, .12F}, {.54F, .11F}, {.76F, .10F}}},
        {{{.64F, .08F},
          {.42F, .28F},
          {.29F, .58F},
          {.36F, .86F},
          {.58F, .90F},
          {.72F, .72F},
          {.58F, .56F},
          {.38F, .62F},
          {.31F, .72F}}},
        {{{.24F, .14F}, {.50F, .13F}, {.78F, .11F}, {.64F, .38F}, {.52F, .64F}, {.44F, .93F}}},
        {{{.66F, .20F},
          {.48F, .09F},
          {.33F, .22F},
          {.44F, .42F},
          {.64F, .58F},
          {.68F, .80F},
          {.48F, .92F},
          {.30F, .78F},
          {.40F, .56F},
          {.58F, .42F},
          {.68F, .24F}}},
        {{{.68F, .24F}, {.48F, .10F}, {.31F, .26F}, {.40F, .46F}, {.58F, .44F}, {.69F, .24F}, {.66F, .56F}, {.58F, .93F}}},
    }};
    return digits;
}

/// The Catmull-Rom curve from `b` to `c` at `t`, with the points before and after.
InkPoint on_curve(InkPoint a, InkPoint b, InkPoint c, InkPoint d, float t) {
    const auto blend = [t](float before, float from, float to, float after) {
        const float square = t * t, cube = square * t;
        return 0.5F * (2 * from + (to - before) * t + (2 * before - 5 * from + 4 * to - after) * square +
                       (3 * from - before - 3 * to + after) * cube);
    };
    return {blend(a.x, b.x, c.x, d.x), blend(a.y, b.y, c.y, d.y)};
}

Stroke smooth(const Stroke& points) {
    constexpr int pieces = 8;
    const std::size_t last = points.size() - 1;
    Stroke line = {points.front()};
    for (std::size_t i = 0; i < last; ++i) {
        for (int piece = 1; piece <= pieces; ++piece) {
            line.push_back(on_curve(points[i > 0 ? i - 1 : 0], points[i], points[i + 1], points[std::min(i + 2, last)],
                                    static_cast<float>(piece) / pieces));
        }
    }
    return line;
}

/// Uniform in [-most, most).
float jitter(RandomStream& random, float most) { return most * (2 * random.uniform() - 1); }

void draw(InkCanvas& canvas, const std::vector<Stroke>& strokes, InkPoint origin, float size, float diameter) {
    const auto at = [&](InkPoint point) { return InkPoint{origin.x + size * point.x, origin.y + size * point.y}; };
    for (const Stroke& stroke : strokes) {
        for (std::size_t i = 1; i < stroke.size(); ++i) canvas.draw_line(at(stroke[i - 1]), at(stroke[i]), diameter);
    }
}

/// Puts a canvas with one digit, shrunk to a quarter by averaging, onto the photo as ink of the given darkness.
void stamp(std::vector<float>& photo, int width, const GreyImage& ink, int left, int top, float darkness) {
    constexpr int shrink = 4;
    for (int y = 0; y < ink.height / shrink; ++y) {
        for (int x = 0; x < ink.width / shrink; ++x) {
            int sum = 0;
            for (int dy = 0; dy < shrink; ++dy) {
                for (int dx = 0; dx < shrink; ++dx) sum += ink.at(shrink * x + dx, shrink * y + dy);
            }
            const float coverage = static_cast<float>(sum) / (255.0F * shrink * shrink);
            photo[static_cast<std::size_t>((top + y) * width + left + x)] *= 1 - darkness * coverage;
        }
    }
}

}  // namespace

std::vector<std::vector<InkPoint>> sample_strokes(int digit, std::uint64_t variant) {
    RandomStream random(variant, RandomPurpose::sampling, static_cast<std::uint32_t>(digit));
    const float turn = jitter(random, 0.10F), slant = 0.08F + jitter(random, 0.14F), stretch = 1 + jitter(random, 0.10F);
    std::vector<Stroke> strokes = written_digits()[static_cast<std::size_t>(std::clamp(digit, 0, 9))];
    for (Stroke& stroke : strokes) {
        for (InkPoint& point : stroke) {
            const float x = (point.x - 0.5F) * stretch - slant * (point.y - 0.5F) + jitter(random, 0.012F);
            const float y = point.y - 0.5F + jitter(random, 0.012F);
            point = {0.5F + x * std::cos(turn) - y * std::sin(turn), 0.5F + x * std::sin(turn) + y * std::cos(turn)};
        }
        stroke = smooth(stroke);
    }
    return strokes;
}

GreyImage sample_drawing(int digit, std::uint64_t variant) {
    constexpr float size = 310, pen = 24;
    const float margin = (InkCanvas::side - size) / 2;
    InkCanvas canvas;
    draw(canvas, sample_strokes(digit, variant), {margin, margin}, size, pen);
    return canvas.image();
}

GreyImage sample_photo(std::uint64_t variant) {
    constexpr int width = 640, height = 480, digits = 4, cell = InkCanvas::side / 4;
    RandomStream random(variant, RandomPurpose::sampling, 1000);
    // The lamp is above the left corner; the note is white nowhere.
    std::vector<float> light(std::size_t{width} * height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const float away = std::hypot(static_cast<float>(x) - 90, static_cast<float>(y) + 60) / 800;
            light[static_cast<std::size_t>(y * width + x)] = 225 - 120 * away;
        }
    }
    for (int index = 0; index < digits; ++index) {
        InkCanvas canvas;
        const float size = 300 + jitter(random, 50);
        draw(canvas, sample_strokes(static_cast<int>(random.below(10)), variant + static_cast<std::uint64_t>(index)),
             {(InkCanvas::side - size) / 2, (InkCanvas::side - size) / 2}, size, 26 + jitter(random, 5));
        const int left = 60 + index * 130 + static_cast<int>(jitter(random, 8));
        const int top = 180 + static_cast<int>(jitter(random, 30));
        stamp(light, width, canvas.image(), std::min(left, width - cell), top, 0.62F);
    }
    GreyImage photo{width, height, std::vector<std::uint8_t>(light.size())};
    for (std::size_t i = 0; i < light.size(); ++i) {
        photo.ink[i] = static_cast<std::uint8_t>(std::clamp(light[i] + 3 * random.normal() + 0.5F, 0.0F, 255.0F));
    }
    return photo;
}

GreyImage enlarged_digit(std::span<const std::uint8_t> digit) {
    constexpr int side = InkCanvas::side, last = digit_side - 1;
    constexpr float scale = static_cast<float>(digit_side) / side;
    GreyImage large{side, side, std::vector<std::uint8_t>(std::size_t{side} * side)};
    const auto at = [&](int x, int y) { return static_cast<float>(digit[static_cast<std::size_t>(y * digit_side + x)]); };
    for (int y = 0; y < side; ++y) {
        const float v = std::clamp((static_cast<float>(y) + 0.5F) * scale - 0.5F, 0.0F, static_cast<float>(last));
        const int top = static_cast<int>(v), bottom = std::min(top + 1, last);
        for (int x = 0; x < side; ++x) {
            const float u = std::clamp((static_cast<float>(x) + 0.5F) * scale - 0.5F, 0.0F, static_cast<float>(last));
            const int left = static_cast<int>(u), right = std::min(left + 1, last);
            const float across = u - static_cast<float>(left), down = v - static_cast<float>(top);
            const float above = at(left, top) + across * (at(right, top) - at(left, top));
            const float below = at(left, bottom) + across * (at(right, bottom) - at(left, bottom));
            large.ink[static_cast<std::size_t>(y * side + x)] =
                static_cast<std::uint8_t>(above + down * (below - above) + 0.5F);
        }
    }
    return large;
}

}  // namespace digitlab
