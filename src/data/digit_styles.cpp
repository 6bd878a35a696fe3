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
constexpr int inked = 96;  ///< a pixel with at least this value belongs to a stroke
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

/// Adds straight pieces from `from` through `at(t, 1 - t)` as t goes up to 1.
template <class At>
void add_path(Strokes& strokes, Point from, int pieces, At&& at) {
    Point last = from;
    for (int i = 1; i <= pieces; ++i) {
        const float t = static_cast<float>(i) / static_cast<float>(pieces);
        const Point next = at(t, 1 - t);
        strokes.push_back({last, next});
        last = next;
    }
}

/// A quadratic curve from `from` to `to`, bent sideways by `bend` of its length.
void add_curve(Strokes& strokes, Point from, Point to, float bend) {
    constexpr int pieces = 6;
    const Point along = to - from;
    const Point control = (from + to) * 0.5F + Point{-along.y, along.x} * (2 * bend);
    add_path(strokes, from, pieces,
             [&](float t, float rest) { return from * (rest * rest) + control * (2 * rest * t) + to * (t * t); });
}

float distance(Point point, const Segment& segment) {
    const Point along = segment.to - segment.from, away = point - segment.from;
    const float squared = along.x * along.x + along.y * along.y;
    const float share = squared > 0 ? (away.x * along.x + away.y * along.y) / squared : 0;
    return length(away - along * std::clamp(share, 0.0F, 1.0F));
}

/// Inks what a round pen covers; overlapping ink gets no darker.
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

/// Scales and moves strokes so that, drawn with the pen, they fill 20 pixels and have their centre of mass in the centre.
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

/// A cubic Bézier curve.
void add_cubic(Strokes& strokes, Point from, Point first_control, Point second_control, Point to) {
    constexpr int pieces = 8;
    add_path(strokes, from, pieces, [&](float t, float rest) {
        return from * (rest * rest * rest) + first_control * (3 * rest * rest * t) + second_control * (3 * rest * t * t) +
               to * (t * t * t);
    });
}

/// Replaces the picture by the whole digit.
void redraw(Strokes& strokes, float radius, std::span<std::uint8_t> picture) {
    fit(strokes, radius);
    std::ranges::fill(picture, std::uint8_t{0});
    draw(strokes, radius, picture);
}

/// Draws a length from `shortest` to `longest` and an angle from `low` to `high`. (If both were arguments of one expression,
/// compilers would draw them in different orders.)
Point tick(RandomStream& random, float low, float high, float shortest, float longest) {
    const float reach = random.between(shortest, longest);
    return direction(random.between(low, high)) * reach;
}

Point within(RandomStream& random, Point low, Point high) {
    const float x = random.between(low.x, high.x);
    return {x, random.between(low.y, high.y)};
}

void draw_flagged_one(RandomStream& random, std::span<std::uint8_t> picture) {
    const float slant = random.between(-25, 20);
    const float radius = random.between(0.75F, 1.9F);
    const Point top = {0, 0}, bottom = direction(slant);
    Strokes strokes;
    add_curve(strokes, top, bottom, random.between(-0.04F, 0.04F));
    // The longer the upstroke, the closer it is to the stem; otherwise it would be a seven.
    const float upstroke = random.between(0.2F, 0.9F);
    const float angle = random.between(18, 70 - 20 * upstroke);
    const Point flag = top + direction(slant + angle) * upstroke;
    add_curve(strokes, flag, top, random.between(-0.15F, 0.15F));
    if (happens(random, 0.4F)) {
        strokes.push_back({flag, flag + tick(random, -130, 60, 0.05F, 0.2F)});
    }
    if (happens(random, 0.15F)) {
        const Point half = {random.between(0.15F, 0.4F), random.between(-0.03F, 0.03F)};
        add_curve(strokes, bottom - half, bottom + half, random.between(-0.05F, 0.05F));
    }
    redraw(strokes, radius, picture);
}

/// A long stroke down, one to the right, and a short stem that crosses its end.
void draw_open_four(RandomStream& random, std::span<std::uint8_t> picture) {
    const float radius = random.between(0.75F, 1.5F), slant = random.between(-0.1F, 0.2F), height = random.between(0.6F, 0.88F);
    const Point top = {random.between(0.05F, 0.3F) + slant, 0}, corner = {random.between(-0.2F, 0.05F), height};
    const Point end = {random.between(0.3F, 0.5F), height + random.between(-0.06F, 0.08F)};
    const float crossing = end.x - random.between(0.02F, 0.15F);
    const Point stem_top = {crossing + slant * 0.5F, height - random.between(0.15F, 0.45F)};
    const Point stem_end = {crossing - slant * random.between(0, 0.5F), 1};
    Strokes strokes;
    add_curve(strokes, top, corner, random.between(-0.08F, 0.12F));
    add_curve(strokes, corner, end, random.between(-0.1F, 0.1F));
    add_curve(strokes, stem_top, stem_end, random.between(-0.06F, 0.06F));
    redraw(strokes, radius, picture);
}

/// A small loop and a tail that swings far to the left.
void draw_tailed_nine(RandomStream& random, std::span<std::uint8_t> picture) {
    const float radius = random.between(0.75F, 1.4F);
    const Point loop = within(random, {0.13F, 0.1F}, {0.28F, 0.24F});
    const float turn = random.between(-60, 60);
    Strokes strokes;
    constexpr int corners = 12;
    const auto on_loop = [&](int corner) {
        const Point unit = direction(turn + 360.0F * static_cast<float>(corner) / corners);
        return Point{unit.x * loop.x, unit.y * loop.y};
    };
    const int left_open = happens(random, 0.3F) ? 2 : 0;
    for (int corner = 0; corner < corners - left_open; ++corner) strokes.push_back({on_loop(corner), on_loop(corner + 1)});
    const Point swing = within(random, {0.3F, 0.3F}, {0.65F, 0.5F});
    const Point low = within(random, {0.1F, 0.85F}, {0.55F, 1});
    const Point end = within(random, {-0.5F, 0.68F}, {-0.05F, 0.88F});
    add_cubic(strokes, on_loop(0), swing, low, end);
    if (happens(random, 0.3F)) strokes.push_back({{loop.x * 0.5F, 0}, {loop.x + random.between(0.05F, 0.25F), 0.05F}});
    redraw(strokes, radius, picture);
}

/// The first and last inked pixel of a run in a row; first > last if there is none.
struct Run {
    int first = side, last = -1;
};
Run rightmost_run(std::span<const std::uint8_t> picture, int row) {
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
    // If the stem runs across the row, the run is wider than the pen was.
    const float radius = std::clamp(static_cast<float>(stem.last - stem.first + 1) / 2, 0.8F, 1.8F) * thinner;
    const Point middle = {static_cast<float>(stem.first + stem.last + 1) / 2 + off, static_cast<float>(row) + 0.5F};
    const Point reach = direction(tilt - 90) * half;
    Strokes strokes;
    add_curve(strokes, middle - reach, middle + reach, bend);
    const auto add_tick = [&](Point from, float lowest_angle, float highest_angle) {
        strokes.push_back({from, from + tick(random, lowest_angle, highest_angle, 1.2F, 3.5F)});
    };
    if (happens(random, 0.4F)) add_tick(middle - reach, -30, 60);
    if (happens(random, 0.3F)) add_tick(middle + reach, -60, 30);
    draw(strokes, radius, picture);
}

/// Adds a short downstroke where a seven begins.
void add_serif(RandomStream& random, std::span<std::uint8_t> picture) {
    constexpr int highest_rows = 4;
    const auto first = std::ranges::find_if(picture, [](std::uint8_t value) { return value >= inked; });
    if (first == picture.end()) return;
    const int top = static_cast<int>(first - picture.begin()) / side;
    Point begin = {side, 0};
    for (int y = top; y < std::min(top + highest_rows, side); ++y) {
        for (int x = 0; x < side; ++x) {
            if (picture[static_cast<std::size_t>(y * side + x)] < inked) continue;
            if (static_cast<float>(x) < begin.x) begin = {static_cast<float>(x), static_cast<float>(y)};
            break;
        }
    }
    const Point from = begin + Point{1, 0.5F};
    const float radius = random.between(0.8F, 1.4F);
    draw({{from, from + tick(random, -25, 35, 1.5F, 5)}}, radius, picture);
}

}  // namespace

void vary_style(std::span<std::uint8_t> picture, int digit, float share, RandomStream random) {
    // Fours and nines in these forms look like other digits, so only half as many get them.
    switch (digit) {
        case 1:
            if (happens(random, share)) draw_flagged_one(random, picture);
            break;
        case 4:
            if (happens(random, share / 2)) draw_open_four(random, picture);
            break;
        case 7:
            if (!happens(random, share)) break;
            add_bar(random, picture);
            if (happens(random, 0.4F)) add_serif(random, picture);
            break;
        case 9:
            if (happens(random, share / 2)) draw_tailed_nine(random, picture);
            break;
        default: break;
    }
}

}  // namespace digitlab
