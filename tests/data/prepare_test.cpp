#include "data/prepare.h"
#include "data/fit.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <utility>
#include <vector>

#include "data/grey.h"
#include "data/idx.h"
#include "data/pixels.h"
#include "predict/prepared.h"

using namespace digitlab;

namespace {

GreyImage blank(int width, int height) {
    return {width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height))};
}

/// Centre of mass; that of MNIST's digits is from 14 up to 15.
std::pair<double, double> centre(const DigitPixels& pixels) {
    double mass = 0, x = 0, y = 0;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        const auto ink = static_cast<double>(pixels[i]);
        mass += ink;
        x += ink * (static_cast<double>(i % 28) + 0.5);
        y += ink * (static_cast<double>(i / 28) + 0.5);
    }
    return {x / mass, y / mass};
}

bool is_centred(const DigitPixels& pixels) {
    const auto [x, y] = centre(pixels);
    return x > 13.99 && x < 15.01 && y > 13.99 && y < 15.01;
}

double total(const DigitPixels& pixels) { return static_cast<double>(std::accumulate(pixels.begin(), pixels.end(), 0.0F)); }

GreyImage drawn_digit(float scale, float dx, float dy, float pen) {
    InkCanvas canvas;
    const InkPoint seven[] = {{-60, -90}, {60, -90}, {-20, 100}};
    const auto at = [&](InkPoint p) { return InkPoint{224 + dx + scale * p.x, 224 + dy + scale * p.y}; };
    canvas.draw_line(at(seven[0]), at(seven[1]), pen);
    canvas.draw_line(at(seven[1]), at(seven[2]), pen);
    return canvas.image();
}

/// The only digit of a picture of ink, where 0 is paper; blank if there is none.
PreparedDigit prepare_digit(const GreyImage& ink) {
    const PreparedPicture picture = prepare_picture(ink);
    REQUIRE(picture.digits.size() <= 1);
    return picture.digits.empty() ? PreparedDigit{} : picture.digits.front();
}

}  // namespace

TEST_CASE("without ink there is no digit") {
    CHECK(prepare_digit(blank(448, 448)).blank);
    CHECK(prepare_digit(GreyImage{}).blank);
    CHECK(prepare_digit(GreyImage{10, 10, {}}).blank);
    CHECK(prepare_digit(GreyImage{-10, -10, std::vector<std::uint8_t>(100)}).blank);
    GreyImage faint = blank(50, 50);
    fill(faint, 10, 10, 20, 20, 20);
    CHECK(prepare_digit(faint).blank);
}

TEST_CASE("the box encloses the ink") {
    GreyImage image = blank(100, 80);
    fill(image, 20, 10, 45, 60);
    const PreparedDigit digit = prepare_digit(image);
    CHECK(digit.left == 20);
    CHECK(digit.top == 10);
    CHECK(digit.right == 45);
    CHECK(digit.bottom == 60);
    CHECK(digit.fitted.width == 10);
    CHECK(digit.fitted.height == 20);
    CHECK(std::ranges::all_of(digit.fitted.ink, [](std::uint8_t ink) { return ink == 255; }));
    CHECK(total(digit.pixels) == 200);
    CHECK(is_centred(digit.pixels));
}

TEST_CASE("shrinking averages over areas and keeps the aspect ratio") {
    GreyImage image = blank(120, 120);
    fill(image, 10, 10, 110, 110, 255);
    for (int x = 10; x < 110; x += 2) fill(image, x, 50, x + 1, 70, 0);
    const GreyImage fitted = fit_into_square(prepare_digit(image).crop);
    CHECK(fitted.at(3, 3) == 255);
    CHECK(std::abs(fitted.at(10, 10) - 128) <= 26);  // two or three of five columns are paper

    GreyImage wide = blank(300, 100);
    fill(wide, 10, 40, 290, 75);  // 280×35: 20×2.5
    const GreyImage strip = fit_into_square(prepare_digit(wide).crop);
    CHECK(strip.width == 20);
    CHECK(strip.height == 3);
    CHECK(strip.at(5, 1) == 255);
    CHECK(std::abs(strip.at(5, 0) - 191) <= 1);  // a quarter of the outer rows is paper
    CHECK(std::abs(strip.at(5, 2) - 191) <= 1);
}

TEST_CASE("small pictures are enlarged smoothly") {
    GreyImage image = blank(12, 12);
    fill(image, 3, 3, 8, 8);
    image.ink[5 * 12 + 5] = 0;
    const GreyImage fitted = prepare_digit(image).fitted;
    REQUIRE(fitted.width == 20);
    CHECK(fitted.at(10, 10) < 64);
    CHECK(fitted.at(7, 10) > fitted.at(8, 10));
    CHECK(fitted.at(8, 10) > fitted.at(9, 10));
    CHECK(fitted.at(4, 4) == 255);

    GreyImage dot = blank(3, 3);
    dot.ink[4] = 255;
    const PreparedDigit digit = prepare_digit(dot);
    CHECK_FALSE(digit.blank);
    CHECK(is_centred(digit.pixels));
}

TEST_CASE("a thin or faint pen still gives black strokes") {
    for (const float pen : {2.0F, 8.0F, 36.0F}) {
        const PreparedDigit digit = prepare_digit(drawn_digit(1, 0, 0, pen));
        CHECK(std::ranges::max(digit.pixels) == 1.0F);
        CHECK(total(digit.pixels) > 20);
    }
    GreyImage grey = drawn_digit(1, 0, 0, 36);
    const PreparedDigit black = prepare_digit(grey);
    for (std::uint8_t& ink : grey.ink) ink = static_cast<std::uint8_t>(ink / 2);
    const PreparedDigit pale = prepare_digit(grey);
    CHECK(std::ranges::max(pale.pixels) == 1.0F);
    CHECK(difference(black.pixels, pale.pixels) < 2);
}

TEST_CASE("position and size on the canvas do not matter") {
    const PreparedDigit middle = prepare_digit(drawn_digit(1, 0, 0, 24));
    CHECK(is_centred(middle.pixels));
    CHECK(difference(middle.pixels, prepare_digit(drawn_digit(1, -120, 90, 24)).pixels) < 0.02 * total(middle.pixels));
    CHECK(difference(middle.pixels, prepare_digit(drawn_digit(1.5F, 0, 0, 36)).pixels) < 0.1 * total(middle.pixels));
    CHECK(difference(middle.pixels, prepare_digit(drawn_digit(0.5F, 60, 60, 12)).pixels) < 0.1 * total(middle.pixels));
}

TEST_CASE("nothing is cut off if the mass is far from the centre") {
    GreyImage image = blank(200, 200);
    fill(image, 10, 10, 190, 40);      // heavy top
    fill(image, 10, 40, 12, 190, 90);  // long faint tail
    const PreparedDigit digit = prepare_digit(image);
    const double ink = std::accumulate(digit.fitted.ink.begin(), digit.fitted.ink.end(), 0.0) / 255;
    CHECK(std::abs(total(digit.pixels) - ink) < 1e-3);
}

TEST_CASE("MNIST's own images come back unchanged") {
    if (!std::filesystem::exists(DIGITLAB_MNIST_DIR)) SKIP("MNIST is not in " DIGITLAB_MNIST_DIR);
    const auto data = read_mnist_folder(DIGITLAB_MNIST_DIR);
    REQUIRE(data);
    double changed = 0, ink = 0;
    int same = 0;
    for (std::size_t row = 0; row < 1000; ++row) {
        const auto image = data->test->image(row);
        std::vector<std::uint8_t> rgba;
        DigitPixels original{};
        for (std::size_t i = 0; i < image.size(); ++i) {
            rgba.insert(rgba.end(), {image[i], image[i], image[i], 255});
            original[i] = static_cast<float>(image[i]) / 255.0F;
        }
        const auto grey = grey_from_rgba(rgba, 28, 28);
        REQUIRE(grey);
        const PreparedDigit digit = prepare_digit(*grey);
        changed += difference(original, digit.pixels);
        ink += total(original);
        same += difference(original, digit.pixels) < 0.02 * total(original) ? 1 : 0;
    }
    INFO("changed " << 100 * changed / ink << " % of the ink, same " << same);
    CHECK(changed / ink < 0.01);
    CHECK(same >= 980);  // measured: 988; the others are a pixel off
}
