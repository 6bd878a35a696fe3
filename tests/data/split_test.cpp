#include "data/split.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <numeric>

using namespace digitlab;

namespace {

bool is_division_of(const Split& split, std::size_t rows) {
    std::vector<std::uint32_t> all = split.train;
    all.insert(all.end(), split.validation.begin(), split.validation.end());
    std::ranges::sort(all);
    std::vector<std::uint32_t> expected(rows);
    std::iota(expected.begin(), expected.end(), 0U);
    return all == expected;
}

}  // namespace

TEST_CASE("a split puts every row in exactly one half") {
    for (const std::size_t validation : {0U, 1U, 30U, 99U, 100U}) {
        const Split split = split_rows(100, validation, 1);
        CHECK(split.validation.size() == validation);
        CHECK(is_division_of(split, 100));
    }
    CHECK(split_rows(10, 11, 1).validation.size() == 10);
    CHECK(split_rows(0, 0, 1).train.empty());
}

TEST_CASE("the seed decides the split") {
    CHECK(split_rows(1000, 100, 7).validation == split_rows(1000, 100, 7).validation);
    CHECK(split_rows(1000, 100, 7).validation != split_rows(1000, 100, 8).validation);
}

TEST_CASE("shuffling reaches every order about equally often") {
    std::vector<int> counts(6);
    constexpr int trials = 6000;
    for (std::uint32_t trial = 0; trial < trials; ++trial) {
        std::vector<std::uint32_t> rows = {0, 1, 2};
        shuffle_rows(rows, RandomStream(1, RandomPurpose::shuffle, trial));
        ++counts[rows[0] * 2 + (rows[1] > rows[2] ? 1 : 0)];
    }
    // Five standard deviations of a binomial with p = 1/6 around 1000.
    for (const int count : counts) CHECK(std::abs(count - trials / 6) < 145);
}
