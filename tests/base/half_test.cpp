#include "base/half.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

using namespace digitlab;

TEST_CASE("every half survives a round trip through float") {
    for (int i = 0; i < 65536; ++i) {
        const auto half = static_cast<std::uint16_t>(i);
        const float value = float_from_half(half);
        if (std::isnan(value)) {
            REQUIRE(std::isnan(float_from_half(half_from_float(value))));
        } else {
            REQUIRE(half_from_float(value) == half);
        }
    }
}

TEST_CASE("floats round to the nearest half, ties to even") {
    for (int i = 0; i < 0x7BFF; ++i) {
        const auto half = static_cast<std::uint16_t>(i), next = static_cast<std::uint16_t>(i + 1);
        const float low = float_from_half(half), high = float_from_half(next), middle = low + (high - low) / 2;
        REQUIRE(half_from_float(std::nextafter(middle, low)) == half);
        REQUIRE(half_from_float(std::nextafter(middle, high)) == next);
        REQUIRE(half_from_float(middle) == (i % 2 == 0 ? half : next));
        REQUIRE(half_from_float(-middle) == (0x8000 | (i % 2 == 0 ? half : next)));
    }
    CHECK(half_from_float(65519.0F) == 0x7BFF);
    CHECK(half_from_float(65520.0F) == 0x7C00);
    CHECK(half_from_float(std::numeric_limits<float>::infinity()) == 0x7C00);
    CHECK(half_from_float(-1e30F) == 0xFC00);
    CHECK(half_from_float(1e-30F) == 0);
}
