// Photos step by step: leaving a step out shows what it is for.

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "data/cut.h"
#include "data/even_light.h"
#include "data/invert.h"
#include "data/pixels.h"
#include "data/prepare.h"
#include "data/threshold.h"
#include "predict/prepared.h"

using namespace digitlab;

namespace {

using Lines = std::vector<std::vector<InkPoint>>;

/// Dark strokes on light paper, as in a drawing.
GreyImage written(const Lines& strokes, float pen) {
    InkCanvas canvas;
    for (const auto& stroke : strokes) {
        for (std::size_t i = 1; i < stroke.size(); ++i) canvas.draw_line(stroke[i - 1], stroke[i], pen);
    }
    GreyImage grey = canvas.image();
    for (std::uint8_t& value : grey.ink) value = static_cast<std::uint8_t>(255 - value);
    return grey;
}

const Lines seven = {{{150, 120}, {290, 120}, {200, 330}}};

/// The drawing `grey` with dark ink on light paper or the reverse, in light that falls off to the right and with noise.
GreyImage photographed(GreyImage grey, double noise, bool dark_paper = false) {
    RandomStream random(1, RandomPurpose::sampling);
    for (int y = 0; y < grey.height; ++y) {
        for (int x = 0; x < grey.width; ++x) {
            std::uint8_t& value = grey.ink[static_cast<std::size_t>(y * grey.width + x)];
            const double share = value / 255.0, light = 1 - 0.5 * x / grey.width;
            const double reflected = dark_paper ? 210 - 150 * share : 60 + 150 * share;
            value = static_cast<std::uint8_t>(
                std::clamp(reflected * light + noise * static_cast<double>(random.normal()), 0.0, 255.0));
        }
    }
    return grey;
}

double inked_share(const GreyImage& ink) {
    return static_cast<double>(std::ranges::count_if(ink.ink, [](std::uint8_t value) { return value >= 128; })) /
           static_cast<double>(ink.ink.size());
}

}  // namespace

TEST_CASE("even light corrects light that falls off and leaves even light alone") {
    const GreyImage drawn = written(seven, 30);
    CHECK(with_even_light(drawn).ink == drawn.ink);
    const GreyImage photo = photographed(drawn, 0);
    REQUIRE(photo.at(10, 400) - photo.at(440, 400) > 90);
    const GreyImage even = with_even_light(photo);
    CHECK(std::abs(even.at(10, 400) - even.at(440, 400)) < 8);
    CHECK(even.at(10, 400) - even.at(200, 120) > 60);
}

TEST_CASE("a photo gives nearly the same 28x28 pixels as the drawing, on light and on dark paper") {
    const PreparedPicture drawn = prepare_picture(written(seven, 30));
    REQUIRE(drawn.digits.size() == 1);
    for (const bool dark_paper : {false, true}) {
        INFO("dark paper: " << dark_paper);
        const PreparedPicture picture = prepare_picture(photographed(written(seven, 30), 6, dark_paper));
        REQUIRE(picture.digits.size() == 1);
        double ink = 0;
        for (const float pixel : drawn.digits[0].pixels) ink += static_cast<double>(pixel);
        CHECK(difference(picture.digits[0].pixels, drawn.digits[0].pixels) < 0.2 * ink);
        CHECK(std::abs(inked_share(picture.clean) - inked_share(drawn.clean)) < 0.2 * inked_share(drawn.clean));
    }
}

TEST_CASE("each step makes a difference") {
    const GreyImage photo = photographed(written(seven, 30), 6);
    const PreparedPicture all = prepare_picture(photo);
    REQUIRE(all.digits.size() == 1);
    const auto without = [&](bool PreparationSteps::* step) {
        PreparationSteps steps;
        steps.*step = false;
        PreparedPicture picture = prepare_picture(photo, steps);
        REQUIRE_FALSE(picture.digits.empty());
        return picture;
    };
    CHECK(without(&PreparationSteps::even_light).even.ink == photo.ink);
    CHECK(without(&PreparationSteps::even_light).clean.ink != all.clean.ink);
    CHECK(without(&PreparationSteps::invert).ink.ink == all.even.ink);
    CHECK(without(&PreparationSteps::threshold).clean.ink == all.ink.ink);
    const PreparedPicture whole = without(&PreparationSteps::crop);
    CHECK(whole.digits[0].right == photo.width);
    CHECK(whole.digits[0].bottom == photo.height);
    CHECK(std::max(without(&PreparationSteps::fit).digits[0].fitted.width,
                   without(&PreparationSteps::fit).digits[0].fitted.height) == 28);
    CHECK(without(&PreparationSteps::centre).digits[0].pixels != all.digits[0].pixels);
}

TEST_CASE("a thin pen survives the threshold, but noise does not") {
    const GreyImage clean = prepare_picture(photographed(written(seven, 4), 8)).clean;
    const std::vector<InkPiece> pieces = find_pieces(clean);
    REQUIRE(pieces.size() == 1);
    CHECK(pieces[0].ink.height > 200);
    CHECK(prepare_picture(photographed(written({}, 4), 8)).digits.empty());
}

TEST_CASE("digits come left to right and lines top to bottom, parts of a digit are joined and specks dropped") {
    const GreyImage grey = written({{{60, 60}, {60, 180}},                // 1
                                    {{150, 60}, {150, 120}, {210, 120}},  // 4, open,
                                    {{205, 60}, {205, 180}},              // of two strokes
                                    {{310, 90}, {310, 180}},
                                    {{312, 60}, {360, 60}},  // a stem and its detached bar
                                    {{60, 300}, {60, 400}},  // next line
                                    {{400, 400}, {400, 401}}},
                                   8);
    const PreparedPicture picture = prepare_picture(grey);
    REQUIRE(picture.digits.size() == 4);
    CHECK(picture.digits[0].right < picture.digits[1].left);
    CHECK(picture.digits[1].left < 150);
    CHECK(picture.digits[1].right > 205);
    CHECK(picture.digits[2].top < 60);
    CHECK(picture.digits[3].top > 290);
}

TEST_CASE("two rings that touch can be cut where they do") {
    Lines rings;
    for (const float centre : {100.0F, 216.0F}) {
        std::vector<InkPoint> ring;
        for (int step = 0; step <= 32; ++step) {
            const float angle = static_cast<float>(step) * 0.19634954F;
            ring.push_back({centre + 45 * std::cos(angle), 224 + 60 * std::sin(angle)});
        }
        rings.push_back(ring);
    }
    rings.push_back({{145, 224}, {171, 224}});
    const std::vector<InkPiece> pieces = find_pieces(prepare_picture(written(rings, 12)).clean);
    REQUIRE(pieces.size() == 1);
    const std::vector<InkAtom> atoms = cut_apart(pieces[0], pieces[0].ink.height);
    REQUIRE(atoms.size() >= 2);
    const bool in_the_middle =
        std::ranges::any_of(atoms, [](const InkAtom& atom) { return std::abs(atom.ink.left - 158) < 9; });
    CHECK(in_the_middle);
    double ink = 0;
    for (const InkAtom& atom : atoms) ink += ink_area(atom.ink);
    CHECK(std::abs(ink - ink_area(pieces[0])) < 0.02 * ink);
}

TEST_CASE("the time to prepare a picture grows no faster than its pixels", "[.][benchmark]") {
    const GreyImage photo = photographed(written(seven, 30), 6);
    const auto enlarged = [&](int side) {
        GreyImage large{side, side, {}};
        for (int y = 0; y < side; ++y) {
            for (int x = 0; x < side; ++x) large.ink.push_back(photo.at(x * 447 / (side - 1), y * 447 / (side - 1)));
        }
        return large;
    };
    const auto secs_per_pixel = [&](int side) {
        const GreyImage picture = enlarged(side);
        double shortest = std::numeric_limits<double>::infinity();
        for (int i = 0; i < 5; ++i) {
            const double start = monotonic_secs();
            REQUIRE(prepare_picture(picture).digits.size() == 1);
            shortest = std::min(shortest, monotonic_secs() - start);
        }
        return shortest / side / side;
    };
    const double small = secs_per_pixel(448), large = secs_per_pixel(1400);
    INFO("nanoseconds per pixel: " << 1e9 * small << " small, " << 1e9 * large << " large");
    CHECK(large < 4 * small);
}
