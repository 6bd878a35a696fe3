#include "data/digit_styles.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "base/portable_math.h"
#include "data/digit_pixels.h"
#include "data/fit.h"

namespace digitlab {

namespace {

constexpr int side = digit_side;
constexpr auto fitted = static_cast<float>(fitted_side);
constexpr double degree = 0.017453292519943295;

struct Point {
    float x, y;
};
Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
Point operator*(Point a, float by) { return {a.x * by, a.y * by}; }
float length(Point a) { return std::sqrt(a.x * a.x + a.y * a.y); }

struct Segment {
    Point from, to;
};
using Strokes = std::vector<Segment>;
bool happens(RandomStream& random, float probability) { return random.uniform() < probability; }

/// `angle` in degrees from straight down, positive to the left.
Point direction(float angle) {
    const double radians = static_cast<double>(angle) * degree;
    return {static_cast<float>(-portable_sine(radians)), static_cast<float>(portable_cosine(radians))};
}

/// A quadratic curve from `from` to `to`, bent sideways by `bend` of its length.
void add_curve(Strokes& strokes, Point from, Point to, float bend) {
    constexpr int pieces = 6;
    const Point along = to - from;
    const Point control = (from + to) * 0.5F + Point{-along.y, along.x} * (2 * bend);
    Point last = from;
    for (int i = 1; i <= pieces; ++i) {
        const float t = static_cast<float>(i) / pieces, rest = 1 - t;
        const Point next = from * (rest * rest) + control * (2 * rest * t) + to * (t * t);
        strokes.push_back({last, next});
        last = next;
    }
}

float distance(Point point, const Segment& segment) {
    const Point along = segment.to - segment.from, away = point - segment.from;
    const float squared = along.x * along.x + along.y * along.y;
    const float share = squared > 0 ? (away.x * along.x + away.y * along.y) / squared : 0;
    return length(away - along * std::clamp(share, 0.0F, 1.0F));
}

/// Inks what a round pen covers; ink upon ink is not darker.
void draw(const Strokes& strokes, float radius, std::span<std::uint8_t> picture) {
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            float nearest = side;
            const Point middle = {static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F};
            for (const Segment& segment : strokes) nearest = std::min(nearest, distance(middle, segment));
            const float coverage = std::clamp(radius + 0.5F - nearest, 0.0F, 1.0F);
            std::uint8_t& pixel = picture[static_cast<std::size_t>(y * side + x)];
            pixel = std::max(pixel, static_cast<std::uint8_t>(255 * coverage + 0.5F));
        }
    }
}

/// Scales and moves strokes so that, drawn with the pen, they fill 20 pixels and balance in the middle of the picture.
void fit(Strokes& strokes, float radius) {
    Point low = strokes[0].from, high = low, moment{};
    float total = 0;
    for (const Segment& segment : strokes) {
        for (const Point end : {segment.from, segment.to}) {
            low = {std::min(low.x, end.x), std::min(low.y, end.y)};
            high = {std::max(high.x, end.x), std::max(high.y, end.y)};
        }
        const float weight = length(segment.to - segment.from);
        moment = moment + (segment.from + segment.to) * (0.5F * weight);
        total += weight;
    }
    const float scale = (fitted - 2 * radius) / std::max(high.x - low.x, high.y - low.y);
    const Point middle = moment * (1 / total), target = {side / 2.0F, side / 2.0F};
    for (Segment& segment : strokes) {
        segment = {(segment.from - middle) * scale + target, (segment.to - middle) * scale + target};
    }
}

void draw_flagged_one(RandomStream& random, std::span<std::uint8_t> picture) {
    const float slant = random.between(-25, 20);
    const float radius = random.between(0.75F, 1.9F);
    const Point top = {0, 0}, bottom = direction(slant);
    Strokes strokes;
    add_curve(strokes, top, bottom, random.between(-0.04F, 0.04F));
    // The longer the upstroke, the nearer to the stem: else it would be a seven.
    const float upstroke = random.between(0.2F, 0.9F);
    const float angle = random.between(18, 70 - 20 * upstroke);
    const Point flag = top + direction(slant + angle) * upstroke;
    add_curve(strokes, flag, top, random.between(-0.06F, 0.12F));
    if (happens(random, 0.15F)) {
        const Point half = {random.between(0.15F, 0.4F), random.between(-0.03F, 0.03F)};
        add_curve(strokes, bottom - half, bottom + half, random.between(-0.05F, 0.05F));
    }
    fit(strokes, radius);
    std::ranges::fill(picture, std::uint8_t{0});
    draw(strokes, radius, picture);
}

/// First and last inked pixel of a row; first > last when it has none.
struct Run {
    int first = side, last = -1;
};
Run rightmost_run(std::span<const std::uint8_t> picture, int row) {
    constexpr int inked = 96;
    const auto ink = [&](int x) { return picture[static_cast<std::size_t>(row * side + x)] >= inked; };
    Run run;
    for (run.last = side - 1; run.last >= 0 && !ink(run.last);) --run.last;
    for (run.first = run.last; run.first > 0 && ink(run.first - 1);) --run.first;
    return run.last < 0 ? Run{} : run;
}

void add_bar(RandomStream& random, std::span<std::uint8_t> picture) {
    const int row = static_cast<int>(random.between(13, 17));
    const float half = random.between(2.2F, 5), tilt = random.between(-25, 25), bend = random.between(-0.1F, 0.1F);
    const float thinner = random.between(0.7F, 1), off = random.between(-0.8F, 0.8F);
    const Run stem = rightmost_run(picture, row);
    if (stem.last < stem.first) return;
    // A stem that runs across the row is wider there than the pen was.
    const float radius = std::clamp(static_cast<float>(stem.last - stem.first + 1) / 2, 0.8F, 1.8F) * thinner;
    const Point middle = {static_cast<float>(stem.first + stem.last + 1) / 2 + off, static_cast<float>(row) + 0.5F};
    const Point reach = direction(tilt - 90) * half;
    Strokes strokes;
    add_curve(strokes, middle - reach, middle + reach, bend);
    draw(strokes, radius, picture);
}

}  // namespace

void vary_style(std::span<std::uint8_t> picture, int digit, float share, RandomStream random) {
    if ((digit != 1 && digit != 7) || !happens(random, share)) return;
    if (digit == 1) {
        draw_flagged_one(random, picture);
    } else {
        add_bar(random, picture);
    }
}

}  // namespace digitlab
