#include "base/random.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstring>

using namespace digitlab;

using Block = std::array<std::uint32_t, 4>;

TEST_CASE("Philox agrees with the known answers of Random123") {
    // Random123 1.14, tests/kat_vectors, philox4x32 10.
    CHECK(philox4x32({0, 0, 0, 0}, {0, 0}) == Block{0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U});
    CHECK(philox4x32({~0U, ~0U, ~0U, ~0U}, {~0U, ~0U}) == Block{0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU});
    CHECK(philox4x32({0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0x03707344U}, {0xa4093822U, 0x299f31d0U}) ==
          Block{0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U});
}

TEST_CASE("Streams of different purpose, index or seed differ, and the same stream repeats") {
    const auto first = [](RandomStream stream) { return stream.next(); };
    const std::uint32_t base = first({7, RandomPurpose::shuffle, 1, 2});
    CHECK(first({7, RandomPurpose::shuffle, 1, 2}) == base);
    CHECK(first({8, RandomPurpose::shuffle, 1, 2}) != base);
    CHECK(first({7ULL + (1ULL << 32), RandomPurpose::shuffle, 1, 2}) != base);
    CHECK(first({7, RandomPurpose::dropout, 1, 2}) != base);
    CHECK(first({7, RandomPurpose::shuffle, 2, 2}) != base);
    CHECK(first({7, RandomPurpose::shuffle, 1, 3}) != base);
}

TEST_CASE("uniform is at least 0, less than 1 and has the right mean") {
    RandomStream random(1, RandomPurpose::sampling);
    double sum = 0;
    for (int i = 0; i < 100000; ++i) {
        const float value = random.uniform();
        REQUIRE(value >= 0.0F);
        REQUIRE(value < 1.0F);
        sum += static_cast<double>(value);
    }
    CHECK(std::abs(sum / 100000 - 0.5) < 0.005);
}

TEST_CASE("below reaches every value about equally often") {
    RandomStream random(1, RandomPurpose::sampling);
    int counts[6] = {};
    for (int i = 0; i < 60000; ++i) ++counts[random.below(6)];
    for (const int count : counts) CHECK(std::abs(count - 10000) < 500);
    CHECK(random.below(1) == 0);
}

TEST_CASE("normal has the moments of a standard normal") {
    RandomStream random(3, RandomPurpose::sampling);
    const int draws = 200000;
    double sum = 0, squares = 0, fourth = 0;
    for (int i = 0; i < draws; ++i) {
        const double value = static_cast<double>(random.normal());
        sum += value;
        squares += value * value;
        fourth += value * value * value * value;
    }
    CHECK(std::abs(sum / draws) < 0.01);
    CHECK(std::abs(squares / draws - 1) < 0.02);
    CHECK(std::abs(fourth / draws - 3) < 0.15);
}

TEST_CASE("normal gives the same bits in every build") {
    RandomStream random(42, RandomPurpose::initial_weights, 3);
    std::uint32_t hash = 2166136261U;
    for (int i = 0; i < 1000; ++i) {
        const float value = random.normal();
        std::uint32_t bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        hash = (hash ^ bits) * 16777619U;
    }
    CHECK(hash == 0xf1cf71d2U);
}

TEST_CASE("four blocks computed at once equal those computed one by one") {
    for (const std::uint32_t start : {0U, 7U, 0xFFFFFFFEU}) {
        const std::array<std::uint32_t, 2> key = {0x12345678U, 0x9ABCDEF0U};
        const auto all = philox4x32_blocks({start, 5, 6, 7}, key);
        for (std::uint32_t block = 0; block < 4; ++block) {
            const auto one = philox4x32({start + block, 5, 6, 7}, key);
            CHECK(std::equal(one.begin(), one.end(), all.begin() + 4 * block));
        }
    }
}
