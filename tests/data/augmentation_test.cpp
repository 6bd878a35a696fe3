#include "data/augmentation.h"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "base/checksum.h"
#include "base/portable_math.h"

using namespace digitlab;

namespace {

/// An upright stroke, 4 wide and 16 high, in the middle.
std::vector<std::uint8_t> stroke() {
    std::vector<std::uint8_t> picture(784);
    for (std::size_t y = 6; y < 22; ++y) {
        for (std::size_t x = 12; x < 16; ++x) picture[y * 28 + x] = 255;
    }
    return picture;
}

std::vector<float> varied(const Augmentation& augmentation, std::uint32_t row) {
    std::vector<float> to(784);
    augment(stroke(), augmentation, RandomStream(7, RandomPurpose::augmentation, 1, row), to);
    return to;
}

double ink(const std::vector<float>& picture) { return std::accumulate(picture.begin(), picture.end(), 0.0); }

/// Centre of mass and the stroke's slant: the change in x per step in y.
struct Place {
    double x = 0, y = 0, slant = 0;
};

Place place_of(const std::vector<float>& picture) {
    Place place;
    const double total = ink(picture);
    const auto each = [&](auto&& visit) {
        for (int i = 0; i < 784; ++i) visit(static_cast<double>(picture[static_cast<std::size_t>(i)]) / total, i % 28, i / 28);
    };
    each([&](double share, int x, int y) {
        place.x += share * x;
        place.y += share * y;
    });
    double xy = 0, yy = 0;
    each([&](double share, int x, int y) {
        xy += share * (x - place.x) * (y - place.y);
        yy += share * (y - place.y) * (y - place.y);
    });
    place.slant = xy / yy;
    return place;
}

Augmentation only(float Augmentation::* field, float value) {
    Augmentation augmentation;
    augmentation.*field = value;
    return augmentation;
}

}  // namespace

TEST_CASE("no augmentation leaves the picture as it is") {
    const auto picture = stroke();
    const auto same = varied({}, 0);
    for (std::size_t i = 0; i < same.size(); ++i) REQUIRE(same[i] == static_cast<float>(picture[i]) * (1.0F / 255.0F));
}

TEST_CASE("each kind of augmentation changes what it names, in both directions and within its bounds") {
    double most_right = 0, most_left = 0, most_turn = 0, least_turn = 0, most_ink = 0, least_ink = 1e9, noisy = 0, bent = 0;
    const double before = ink(varied({}, 0));
    for (std::uint32_t row = 0; row < 300; ++row) {
        const Place shifted = place_of(varied(only(&Augmentation::shift, 3), row));
        most_right = std::max(most_right, shifted.x - 13.5);
        most_left = std::min(most_left, shifted.x - 13.5);
        const double turn = std::atan(place_of(varied(only(&Augmentation::rotation, 20), row)).slant) * 57.29578;
        most_turn = std::max(most_turn, turn);
        least_turn = std::min(least_turn, turn);
        const double slant = std::atan(place_of(varied(only(&Augmentation::shear, 20), row)).slant) * 57.29578;
        REQUIRE(std::abs(slant) < 21.5);
        const double thick = ink(varied(only(&Augmentation::thickness, 1), row));
        most_ink = std::max(most_ink, thick);
        least_ink = std::min(least_ink, thick);
        const double scaled = ink(varied(only(&Augmentation::scale, 0.2F), row));
        REQUIRE((scaled > before * 0.55 && scaled < before * 1.6));
        const auto with_noise = varied(only(&Augmentation::noise, 0.1F), row);
        noisy += static_cast<double>(*std::ranges::max_element(std::span(with_noise).first(28)));
        const auto elastic = varied(only(&Augmentation::elastic, 1.5F), row);
        const auto plain = varied({}, 0);
        for (std::size_t i = 0; i < 784; ++i) bent += std::abs(static_cast<double>(elastic[i] - plain[i])) / 300;
    }
    CHECK((most_right > 2.5 && most_right < 3.01));
    CHECK((most_left < -2.5 && most_left > -3.01));
    CHECK((most_turn > 15 && most_turn < 21));
    CHECK((least_turn < -15 && least_turn > -21));
    CHECK((most_ink > before * 1.4 && least_ink < before * 0.6));
    CHECK(noisy / 300 > 0.1);
    CHECK((bent > 5 && bent < 60));
}

TEST_CASE("a variant depends only on its stream and has the same bits in every build") {
    const Augmentation all = [] {
        Augmentation some = standard_augmentation(1);
        some.noise = 0.05F;
        return some;
    }();
    CHECK(varied(all, 5) == varied(all, 5));
    CHECK(varied(all, 5) != varied(all, 6));
    const auto picture = varied(all, 5);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(picture.data());
    CHECK(crc32({bytes, picture.size() * sizeof(float)}) == 2178424887U);
}

TEST_CASE("augmentation is read from JSON and written to it") {
    CHECK(augmentation_from_json(1).value() == standard_augmentation(1));
    CHECK_FALSE(augmentation_from_json(0).value().any());
    CHECK(augmentation_from_json(to_json(standard_augmentation(0.5F))).value() == standard_augmentation(0.5F));
    for (const char* text :
         {"3", "-1", "\"much\"", R"({"twist": 1})", R"({"rotation": 91})", R"({"scale": "x"})", R"({"noise": -0.1})"}) {
        const auto read = augmentation_from_json(parse_json(text).value());
        REQUIRE_FALSE(read);
        CHECK(read.error().code == "bad-spec");
    }
}

TEST_CASE("portable sine and cosine are as accurate as documented") {
    for (double x = -6.28; x < 6.28; x += 0.01) CHECK(std::abs(portable_cosine(x) - std::cos(x)) < 1e-11);
    for (double x = -4.7; x < 4.7; x += 0.01) CHECK(std::abs(portable_sine(x) - std::sin(x)) < 1e-11);
}

TEST_CASE("augmentation fades in the last epochs") {
    Augmentation augmentation = standard_augmentation(1);
    augmentation.fade = 0.3F;
    for (int epoch = 1; epoch <= 8; ++epoch) CHECK(faded(augmentation, epoch, 10) == augmentation);
    const Augmentation ninth = faded(augmentation, 9, 10), last = faded(augmentation, 10, 10);
    CHECK(ninth.rotation < augmentation.rotation);
    CHECK(last.rotation < ninth.rotation);
    CHECK(last.rotation > augmentation.rotation / 3);
    CHECK(last.elastic < augmentation.elastic);
    CHECK(last.styles == augmentation.styles);
    augmentation.fade = 0;
    CHECK(faded(augmentation, 10, 10) == augmentation);
}
