#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <utility>
#include <vector>

#include "data/grey.h"
#include "data/prepare.h"
#include "predict/prepared.h"

using namespace digitlab;

namespace {

using Colour = std::array<std::uint8_t, 4>;

/// `paper` everywhere, with one pixel of `ink` in the middle of 5×5.
std::vector<std::uint8_t> spot(Colour paper, Colour ink) {
    std::vector<std::uint8_t> rgba;
    for (int i = 0; i < 25; ++i) {
        const Colour& colour = i == 12 ? ink : paper;
        rgba.insert(rgba.end(), colour.begin(), colour.end());
    }
    return rgba;
}

/// {paper, spot} as ink.
std::array<int, 2> inks(Colour paper, Colour ink) {
    const auto grey = grey_from_rgba(spot(paper, ink), 5, 5);
    REQUIRE(grey);
    const GreyImage image = prepare_picture(*grey).ink;
    return {image.at(0, 0), image.at(2, 2)};
}

constexpr Colour white{255, 255, 255, 255}, black{0, 0, 0, 255}, clear{0, 0, 0, 0};

}  // namespace

TEST_CASE("the border decides what is paper") {
    CHECK(inks(white, black) == std::array{0, 255});
    CHECK(inks(black, white) == std::array{0, 255});
    CHECK(inks(clear, black) == std::array{0, 255});
    CHECK(inks({200, 200, 200, 255}, {100, 100, 100, 255}) == std::array{0, 128});
    CHECK(inks({55, 55, 55, 255}, {155, 155, 155, 255}) == std::array{0, 128});
    CHECK(inks(white, white) == std::array{0, 0});
    CHECK(inks({200, 200, 200, 255}, white) == std::array{0, 255});
}

TEST_CASE("colours count by their brightness or by the channel that shows them better, with alpha over white") {
    CHECK(inks(white, {0, 255, 0, 255})[1] == 255);                // luma: 73
    CHECK(inks(white, {255, 255, 0, 255})[1] == 255);              // luma: 18
    CHECK(inks(white, {173, 216, 230, 255})[1] == 82);             // light blue; luma: 48
    CHECK(inks({40, 40, 200, 255}, {200, 40, 40, 255})[1] > 150);  // red on blue
    CHECK(std::abs(inks(white, {255, 0, 0, 255})[1] - 201) <= 1);
    CHECK(std::abs(inks(white, {0, 0, 255, 255})[1] - 237) <= 1);
    CHECK(inks(white, {0, 0, 0, 128})[1] == 128);
    CHECK(inks(clear, {0, 0, 0, 0})[1] == 0);
}

TEST_CASE("a stroke that runs off the picture does not turn paper into ink") {
    std::vector<std::uint8_t> rgba = spot(white, black);
    for (std::size_t i = 0; i < 2; ++i) std::fill_n(rgba.begin() + static_cast<std::ptrdiff_t>(i * 20 + 8), 3, std::uint8_t{0});
    const auto grey = grey_from_rgba(rgba, 5, 5);
    REQUIRE(grey);
    const GreyImage image = prepare_picture(*grey).ink;
    CHECK(image.at(0, 0) == 0);
    CHECK(image.at(2, 0) == 255);
}

TEST_CASE("sizes that do not match are refused") {
    const std::vector<std::uint8_t> rgba(400);
    for (const auto& [width, height] : {std::pair{10, 9}, {0, 0}, {-10, -10}, {10, 0}, {65536, 65536}, {1 << 30, 1 << 30}}) {
        const auto image = grey_from_rgba(rgba, width, height);
        REQUIRE_FALSE(image);
        CHECK(image.error().code == "bad-image");
    }
    CHECK_FALSE(grey_from_rgba(std::vector<std::uint8_t>(403), 10, 10));
    CHECK(grey_from_rgba(rgba, 10, 10));
    CHECK(grey_from_rgba(std::vector<std::uint8_t>(4), 1, 1));
}

namespace {

/// Converts a white picture of this size with one black pixel in the last corner and checks the result.
void check_size(int width, int height) {
    CAPTURE(width, height);
    std::vector<std::uint8_t> rgba(std::size_t{4} * static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 255);
    std::fill(rgba.end() - 4, rgba.end() - 1, std::uint8_t{0});
    const auto grey = grey_from_rgba(rgba, width, height);
    REQUIRE(grey);
    REQUIRE(grey->ink.size() == rgba.size() / 4);
    REQUIRE(grey->at(width - 1, height - 1) == 0);
    if (grey->ink.size() > 1) REQUIRE(grey->at(0, 0) == 255);
}

}  // namespace

TEST_CASE("a picture of any size can be read") {
    // Where the mosaic's last cells end depends on the longer side, which sets their size, and on the remainder of each side.
    for (int longer = 1; longer <= 2200; ++longer) {
        check_size(longer, 1);
        check_size(1, longer);
    }
    for (const int longer : {585, 622, 1000, 1333, 1440, 1999, 2048}) {
        for (int shorter = 2; shorter <= 70; ++shorter) {
            check_size(longer, shorter);
            check_size(shorter, longer);
        }
    }
    for (const auto& [width, height] : {std::pair{1440, 1080}, {1080, 1440}, {622, 188}, {586, 1}, {1170, 2532}}) {
        check_size(width, height);
    }
}
