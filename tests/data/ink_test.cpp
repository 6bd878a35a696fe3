#include "data/ink.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numeric>

#include "base/clock.h"

using namespace digitlab;

namespace {

/// Inked area in pixels.
double area(const InkCanvas& canvas) {
    const auto& ink = canvas.image().ink;
    return std::accumulate(ink.begin(), ink.end(), 0.0) / 255;
}

/// The largest difference from the definition, by which each pixel depends on its distance to the line.
int difference_from_definition(const GreyImage& image, InkPoint from, InkPoint to, float diameter) {
    int worst = 0;
    const double dx = static_cast<double>(to.x - from.x);
    const double dy = static_cast<double>(to.y - from.y);
    const double length_squared = dx * dx + dy * dy;
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
            const double px = x + 0.5 - static_cast<double>(from.x);
            const double py = y + 0.5 - static_cast<double>(from.y);
            const double t = length_squared > 0 ? std::clamp((px * dx + py * dy) / length_squared, 0.0, 1.0) : 0.0;
            const double distance = std::hypot(px - t * dx, py - t * dy);
            const double coverage = std::clamp(static_cast<double>(diameter) / 2 + 0.5 - distance, 0.0, 1.0);
            worst = std::max(worst, std::abs(image.at(x, y) - static_cast<int>(std::lround(255 * coverage))));
        }
    }
    return worst;
}

constexpr float pi = 3.14159265F;

}  // namespace

TEST_CASE("a new canvas is blank") {
    const InkCanvas canvas;
    CHECK(canvas.blank());
    CHECK(area(canvas) == 0);
    CHECK(canvas.image().ink.size() == std::size_t{InkCanvas::side} * InkCanvas::side);
}

TEST_CASE("a line has the area of a rectangle with half discs at its ends") {
    InkCanvas canvas;
    canvas.draw_line({100, 200}, {300, 200}, 36);
    CHECK(std::abs(area(canvas) - static_cast<double>(200 * 36 + pi * 18 * 18)) < 5);
    InkCanvas dot;
    dot.draw_line({100, 200}, {100, 200}, 36);
    CHECK(std::abs(area(dot) - static_cast<double>(pi * 18 * 18)) < 5);
    CHECK(dot.image().at(100, 200) == 255);
}

TEST_CASE("lines of any direction, inside and across the border, are drawn as defined") {
    const InkPoint middle{224.3F, 210.8F};
    for (const float diameter : {0.6F, 3.0F, 36.0F, 96.0F}) {
        for (int step = 0; step < 16; ++step) {
            const float angle = static_cast<float>(step) * pi / 8;
            for (const float length : {0.4F, 90.0F, 700.0F}) {
                const InkPoint end{middle.x + length * std::cos(angle), middle.y + length * std::sin(angle)};
                InkCanvas canvas;
                canvas.draw_line(middle, end, diameter);
                REQUIRE(difference_from_definition(canvas.image(), middle, end, diameter) <= 1);
            }
        }
    }
}

TEST_CASE("drawing a line twice or in pieces changes nothing") {
    InkCanvas once;
    once.draw_line({50, 60}, {350, 60}, 20);
    InkCanvas pieces;
    pieces.draw_line({50, 60}, {125, 60}, 20);
    pieces.draw_line({125, 60}, {350, 60}, 20);
    CHECK(once.image().ink == pieces.image().ink);
    const std::uint64_t revision = pieces.revision();
    pieces.draw_line({125, 60}, {350, 60}, 20);
    CHECK(pieces.revision() == revision);
}

TEST_CASE("the revision increases with every change") {
    InkCanvas canvas;
    const std::uint64_t start = canvas.revision();
    canvas.clear();
    CHECK(canvas.revision() == start);
    canvas.draw_line({50, 60}, {60, 60}, 20);
    const std::uint64_t drawn = canvas.revision();
    CHECK(drawn > start);
    CHECK_FALSE(canvas.blank());
    canvas.clear();
    CHECK(canvas.revision() > drawn);
    CHECK(canvas.blank());
    CHECK(area(canvas) == 0);
}

TEST_CASE("a line that lies outside, is not finite or has no width leaves the canvas blank") {
    const float infinite = std::numeric_limits<float>::infinity();
    const float largest = std::numeric_limits<float>::max();
    InkCanvas canvas;
    canvas.draw_line({-100, -100}, {-20, 300}, 20);
    canvas.draw_line({largest, largest}, {largest, largest}, 20);
    canvas.draw_line({infinite, 0}, {0, 0}, 20);
    canvas.draw_line({0, 0}, {0, std::nanf("")}, 20);
    canvas.draw_line({10, 10}, {20, 20}, std::nanf(""));
    canvas.draw_line({10, 10}, {20, 20}, 0);
    canvas.draw_line({10, 10}, {20, 20}, -5);
    CHECK(canvas.blank());
    canvas.draw_line({-largest, 100}, {largest, 100}, 10);
    CHECK(std::abs(area(canvas) - 448 * 10) < 1);
    canvas.draw_line({0, 0}, {448, 448}, largest);
    CHECK(std::ranges::all_of(canvas.image().ink, [](std::uint8_t ink) { return ink == 255; }));
}

TEST_CASE("erasing along a line removes its ink and nothing else", "[data]") {
    InkCanvas canvas;
    canvas.draw_line({100, 200}, {300, 200}, 24);
    const std::uint64_t drawn = canvas.revision();
    canvas.erase_line({200, 100}, {200, 300}, 40);
    CHECK(canvas.revision() > drawn);
    CHECK(canvas.image().at(200, 200) == 0);
    CHECK(canvas.image().at(150, 200) == 255);
    CHECK_FALSE(canvas.blank());
    const std::uint64_t erased = canvas.revision();
    canvas.erase_line({200, 100}, {200, 300}, 40);
    CHECK(canvas.revision() == erased);
    canvas.erase_line({80, 200}, {320, 200}, 28);
    CHECK(canvas.blank());
    CHECK(area(canvas) == 0);
}

TEST_CASE("a canvas accepts only a picture of its own size", "[data]") {
    InkCanvas canvas;
    InkCanvas other;
    other.draw_line({100, 200}, {300, 200}, 24);
    REQUIRE(canvas.set_image(other.image()));
    CHECK_FALSE(canvas.blank());
    CHECK(canvas.image().ink == other.image().ink);
    const Status wrong = canvas.set_image(GreyImage{2, 2, {1, 2, 3, 4}});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == "bad-image");
    CHECK(canvas.image().ink == other.image().ink);
    REQUIRE(canvas.set_image(InkCanvas().image()));
    CHECK(canvas.blank());
}

TEST_CASE("the time to draw a line grows with its length, not with the canvas", "[.][benchmark]") {
    const auto shortest_secs = [](float length) {
        InkCanvas canvas;
        double shortest = std::numeric_limits<double>::infinity();
        for (int i = 0; i < 20; ++i) {
            const double start = monotonic_secs();
            for (int line = 0; line < 50; ++line) canvas.draw_line({20, 20}, {20 + length, 20 + length}, 12);
            shortest = std::min(shortest, monotonic_secs() - start);
        }
        return shortest;
    };
    const double dot = shortest_secs(4), longest = shortest_secs(400);
    INFO("the longest line takes " << longest / dot << " times as long as a dot");
    CHECK(longest > 4 * dot);
}
