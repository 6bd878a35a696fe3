#include "data/digit_styles.h"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstddef>
#include <span>

#include "base/checksum.h"

using namespace digitlab;

namespace {

using Picture = std::array<std::uint8_t, 784>;

RandomStream stream(std::uint32_t row) { return {5, RandomPurpose::digit_style, 1, row}; }

Picture styled(Picture picture, int digit, float share, std::uint32_t row) {
    vary_style(picture, digit, share, stream(row));
    return picture;
}

/// An upright stem, 3 wide and 18 high.
Picture stem() {
    Picture picture{};
    for (std::size_t y = 5; y < 23; ++y) {
        for (std::size_t x = 13; x < 16; ++x) picture[y * 28 + x] = 255;
    }
    return picture;
}

double ink(const Picture& picture, int first_row, int last_row, int first_column, int last_column) {
    double sum = 0;
    for (int y = first_row; y < last_row; ++y) {
        for (int x = first_column; x < last_column; ++x) sum += picture[static_cast<std::size_t>(y * 28 + x)];
    }
    return sum / 255;
}

}  // namespace

TEST_CASE("newly drawn digits are fitted as in MNIST") {
    for (const int digit : {1, 4, 9}) {
        for (std::uint32_t row = 0; row < 200; ++row) {
            const Picture drawn = styled(stem(), digit, digit == 1 ? 1 : 2, row);
            int top = 28, bottom = 0, first = 28, last = 0;
            double mass = 0, across = 0, down = 0;
            for (int y = 0; y < 28; ++y) {
                for (int x = 0; x < 28; ++x) {
                    const double value = drawn[static_cast<std::size_t>(y * 28 + x)];
                    if (value >= 128) {
                        top = std::min(top, y), bottom = std::max(bottom, y + 1);
                        first = std::min(first, x), last = std::max(last, x + 1);
                    }
                    mass += value;
                    across += value * (x + 0.5);
                    down += value * (y + 0.5);
                }
            }
            INFO("digit " << digit << ", row " << row);
            CHECK(drawn != stem());
            CHECK(std::max(bottom - top, last - first) >= 18);
            CHECK(std::max(bottom - top, last - first) <= 21);
            CHECK(std::abs(across / mass - 14) < 1.5);
            CHECK(std::abs(down / mass - 14) < 1.5);
        }
    }
}

TEST_CASE("a one gets an upstroke to the left of its stem") {
    double left = 0, right = 0;
    for (std::uint32_t row = 0; row < 200; ++row) {
        const Picture one = styled(stem(), 1, 1, row);
        int top = 0;
        while (std::ranges::none_of(std::span(one).subspan(static_cast<std::size_t>(top * 28), 28),
                                    [](std::uint8_t value) { return value >= 128; })) {
            ++top;
        }
        // Compare both sides of the stem's upper end, wherever it is: in total, far more ink lies to the left.
        int end = 27;
        while (one[static_cast<std::size_t>((top + 1) * 28 + end)] < 128) --end;
        left += ink(one, top + 4, top + 9, 0, std::max(end - 4, 0));
        right += ink(one, top + 4, top + 9, std::min(end + 4, 28), 28);
    }
    CHECK(left > 5 * right);
}

TEST_CASE("a seven gets a bar through its stem, sometimes a serif, and loses no ink") {
    int serifs = 0;
    const Picture seven = stem();
    for (std::uint32_t row = 0; row < 100; ++row) {
        const Picture barred = styled(seven, 7, 1, row);
        INFO("row " << row);
        CHECK(std::ranges::equal(seven, barred, [](int before, int after) { return after >= before; }));
        CHECK(ink(barred, 9, 22, 0, 13) + ink(barred, 9, 22, 16, 28) > 1.5);
        serifs += ink(barred, 0, 8, 0, 28) > ink(seven, 0, 8, 0, 28) ? 1 : 0;
    }
    CHECK(serifs > 20);
    CHECK(serifs < 60);
}

TEST_CASE("the given share of digits gets another form, half of it for fours and nines, none for others") {
    for (int digit = 0; digit < 10; ++digit) {
        int changed = 0;
        for (std::uint32_t row = 0; row < 2000; ++row) changed += styled(stem(), digit, 0.25F, row) != stem() ? 1 : 0;
        INFO("digit " << digit);
        const int expected = digit == 1 || digit == 7 ? 500 : digit == 4 || digit == 9 ? 250 : 0;
        CHECK(std::abs(changed - expected) <= (expected > 0 ? 80 : 0));
    }
    CHECK(styled(stem(), 1, 0, 3) == stem());
}

TEST_CASE("forms are the same bytes in every build") {
    std::uint32_t sum = 0;
    for (std::uint32_t row = 0; row < 50; ++row) {
        for (const int digit : {1, 4, 7, 9}) sum = sum * 31 + crc32(styled(stem(), digit, 1, row));
    }
    CHECK(sum == 0x87933225);
}

TEST_CASE("an empty seven has no stem to cross") {
    for (std::uint32_t row = 0; row < 20; ++row) CHECK(styled(Picture{}, 7, 1, row) == Picture{});
}
