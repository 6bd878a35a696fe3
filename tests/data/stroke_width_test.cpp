#include "data/stroke_width.h"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cstddef>

using namespace digitlab;

namespace {

GreyImage bar(int width, int height) {
    return {width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height), 255)};
}

}  // namespace

TEST_CASE("the mean stroke width of a long stroke is its width") {
    CHECK(mean_stroke_width(bar(12, 300)) == Catch::Approx(12).epsilon(0.05));
    CHECK(mean_stroke_width(bar(200, 6)) == Catch::Approx(6).epsilon(0.05));
    GreyImage faint = bar(12, 300);
    for (auto& ink : faint.ink) ink = 100;
    CHECK(mean_stroke_width(faint) == Catch::Approx(12).epsilon(0.05));
    CHECK(mean_stroke_width({4, 4, std::vector<std::uint8_t>(16, 0)}) == 0);
}

TEST_CASE("thin strokes grow to the usual share of their picture, thick ones and small pictures stay unchanged") {
    for (const int width : {2, 8, 20, 30}) {
        const GreyImage thick = with_usual_stroke_width(bar(width, 300));
        INFO("from " << width);
        // The ends of a short line count as edge, so the measured width is too low.
        CHECK(mean_stroke_width(thick) == Catch::Approx(0.14 * thick.height).epsilon(0.15));
    }
    CHECK(with_usual_stroke_width(bar(60, 300)).ink == bar(60, 300).ink);
    CHECK(with_usual_stroke_width(bar(1, 28)).ink == bar(1, 28).ink);
}
