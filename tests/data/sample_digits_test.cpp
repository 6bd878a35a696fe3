#include "data/sample_digits.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <numeric>

#include "data/prepare.h"
#include "predict/prepared.h"

using namespace digitlab;

namespace {

GreyImage on_white(GreyImage ink) {
    for (std::uint8_t& value : ink.ink) value = static_cast<std::uint8_t>(255 - value);
    return ink;
}

}  // namespace

TEST_CASE("sample digits stay on the canvas, are reproducible and vary", "[data]") {
    for (int digit = 0; digit < 10; ++digit) {
        for (std::uint64_t variant = 0; variant < 20; ++variant) {
            INFO(digit << " variant " << variant);
            for (const auto& stroke : sample_strokes(digit, variant)) {
                REQUIRE(stroke.size() > 2);
                for (const InkPoint& point : stroke) {
                    CHECK(point.x > -0.15F);
                    CHECK(point.x < 1.15F);
                    CHECK(point.y > -0.15F);
                    CHECK(point.y < 1.15F);
                }
            }
        }
        CHECK(sample_drawing(digit, 3).ink == sample_drawing(digit, 3).ink);
        CHECK(sample_drawing(digit, 3).ink != sample_drawing(digit, 4).ink);
        CHECK(prepare_picture(on_white(sample_drawing(digit, 3))).digits.size() == 1);
    }
}

TEST_CASE("the sample photo shows four digits on paper in uneven light", "[data]") {
    for (std::uint64_t variant = 0; variant < 10; ++variant) {
        INFO(variant);
        const GreyImage photo = sample_photo(variant);
        REQUIRE(is_well_formed(photo));
        CHECK(photo.at(5, 5) > photo.at(630, 470) + 50);
        CHECK(prepare_picture(photo).digits.size() == 4);
    }
}

TEST_CASE("an enlarged digit keeps its place and its ink", "[data]") {
    std::vector<std::uint8_t> digit(digit_pixels, 0);
    digit[10 * digit_side + 7] = 200;
    const GreyImage large = enlarged_digit(digit);
    REQUIRE(large.width == InkCanvas::side);
    REQUIRE(is_well_formed(large));
    CHECK(large.at(7 * 16 + 8, 10 * 16 + 8) > 180);
    CHECK(large.at(200, 200) == 0);
    const double sum = std::accumulate(large.ink.begin(), large.ink.end(), 0.0);
    CHECK(std::abs(sum / (16 * 16) - 200) < 2);
    CHECK(std::ranges::all_of(enlarged_digit(std::vector<std::uint8_t>(digit_pixels, 255)).ink,
                              [](std::uint8_t ink) { return ink == 255; }));
}
