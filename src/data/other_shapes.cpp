#include "data/other_shapes.h"

#include <cmath>

namespace digitlab {

namespace {

/// The corners of a stroke in a square of 10×10, each as "xy": "00" is the top left one, "99" the bottom right one.
using Corners = const char*;

struct Sign {
    const char* name;
    std::vector<Corners> strokes;
};

const std::vector<Sign>& signs() {
    static const std::vector<Sign> all = {
        {"A", {"09 40 89", "16 76"}},
        {"E", {"70 00 09 79", "05 65"}},
        {"F", {"70 00 09", "04 54"}},
        {"H", {"00 09", "80 89", "05 85"}},
        {"K", {"00 09", "70 05 79"}},
        {"M", {"09 10 46 80 99"}},
        {"N", {"09 00 79 70"}},
        {"R", {"09 00 40 61 63 45 05", "35 79"}},
        {"T", {"00 80", "40 49"}},
        {"V", {"00 49 80"}},
        {"W", {"00 29 43 69 90"}},
        {"X", {"00 89", "80 09"}},
        {"m", {"03 09", "04 13 34 49", "44 53 74 89"}},
        {"k", {"00 09", "63 06 69"}},
        {"+", {"05 95", "50 59"}},
        {"#", {"30 29", "70 69", "03 93", "06 96"}},
        {"=", {"03 93", "06 96"}},
        {"*", {"50 59", "12 87", "82 17"}},
        {"triangle", {"50 99 09 50"}},
        {"star", {"29 50 79 04 94 29"}},
        {"arrow", {"05 95", "62 95 68"}},
        {"heart", {"49 04 01 20 42 60 81 84 49"}},
        {"smiley", {"40 60 82 86 68 38 16 12 40", "33 34", "63 64", "35 46 66 75"}},
        {"zigzag", {"05 13 27 33 47 53 67 73 87"}},
        {"%", {"80 09", "10 22 13 01 10", "77 88 79 67 77"}},
        {"tick", {"05 39 90"}},
        {"house", {"09 04 50 94 99 09"}},
        {"w", {"03 19 44 79 93"}},
    };
    return all;
}

std::vector<InkPoint> points_of(Corners corners) {
    std::vector<InkPoint> points;
    for (const char* at = corners; *at != 0; at += at[2] == ' ' ? 3 : 2) {
        points.push_back({static_cast<float>(at[0] - '0') / 9, static_cast<float>(at[1] - '0') / 9});
    }
    return points;
}

/// Draws a sign slightly differently each time: slant, proportions, shaky corners, pen.
OtherShape draw(const Sign& sign, RandomStream& random) {
    OtherShape shape{sign.name, {}};
    const float height = random.between(170, 320), width = height * random.between(0.6F, 0.95F);
    const float slant = random.between(-0.2F, 0.25F), pen = random.between(14, 48);
    const float left = (InkCanvas::side - width) / 2, top = (InkCanvas::side - height) / 2;
    for (const Corners corners : sign.strokes) {
        std::vector<InkPoint> points = points_of(corners);
        for (InkPoint& point : points) {
            const float x = point.x + slant * (0.5F - point.y) + 0.03F * random.normal();
            const float y = point.y + 0.03F * random.normal();
            point = {left + width * x, top + height * y};
        }
        for (std::size_t i = 1; i < points.size(); ++i) shape.canvas.draw_line(points[i - 1], points[i], pen);
    }
    return shape;
}

/// Draws a pen moving to and fro without being lifted.
OtherShape draw_scribble(RandomStream& random) {
    OtherShape shape{"scribble", {}};
    const float pen = random.between(12, 40), reach = random.between(80, 180);
    const int turns = 8 + static_cast<int>(random.below(16));
    InkPoint from{224, 224};
    for (int turn = 0; turn < turns; ++turn) {
        const InkPoint to{224 + random.between(-reach, reach), 224 + random.between(-reach, reach)};
        shape.canvas.draw_line(from, to, pen);
        from = to;
    }
    return shape;
}

/// Fills a box with ink.
OtherShape draw_filled_box(RandomStream& random) {
    OtherShape shape{"filled box", {}};
    const float half_height = random.between(50, 140), half_width = half_height * random.between(0.5F, 1.4F);
    const float pen = random.between(20, 60);
    for (float y = -half_height; y <= half_height; y += pen / 4) {
        shape.canvas.draw_line({224 - half_width, 224 + y}, {224 + half_width, 224 + y}, pen);
    }
    return shape;
}

}  // namespace

OtherShape draw_other_shape(RandomStream& random) {
    const float chance = random.uniform();
    if (chance < 0.15F) return draw_scribble(random);
    if (chance < 0.2F) return draw_filled_box(random);
    return draw(signs()[random.below(static_cast<std::uint32_t>(signs().size()))], random);
}

}  // namespace digitlab
