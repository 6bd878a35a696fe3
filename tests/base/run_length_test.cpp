#include "base/run_length.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <utility>
#include <vector>

using namespace digitlab;

TEST_CASE("runs come in order, and long ones are split") {
    const std::string text = "aaaaabAc";
    std::vector<std::pair<char, std::size_t>> runs;
    const auto take = [&](char value, std::size_t length) { runs.emplace_back(value, length); };
    for_each_run(std::span<const char>(text), 3, [](char c) { return c; }, take);
    CHECK(runs == std::vector<std::pair<char, std::size_t>>{{'a', 3}, {'a', 2}, {'b', 1}, {'A', 1}, {'c', 1}});
    runs.clear();
    for_each_run(std::span<const char>(text), 16, [](char c) { return c < 'b' ? 'x' : 'y'; }, take);
    CHECK(runs == std::vector<std::pair<char, std::size_t>>{{'x', 5}, {'y', 1}, {'x', 1}, {'y', 1}});
    runs.clear();
    for_each_run(std::span<const char>(), 3, [](char c) { return c; }, take);
    CHECK(runs.empty());
}
