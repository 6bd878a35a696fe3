#include "data/line.h"

#include <algorithm>
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/random.h"

using namespace digitlab;

namespace {

InkPiece bar(int left, int top, int width, int height) {
    return {left, top, {width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height), 255)}};
}

InkLine line_of(std::vector<InkPiece> pieces) {
    auto lines = find_lines(std::move(pieces));
    REQUIRE(lines.size() == 1);
    return lines.front();
}

/// The best sum of scores over all ways to split the atoms from `first` on, of pieces that neither overlap nor were cut.
double best_by_trying_all(const InkLine& line, const JudgeGroup& judge, std::size_t first = 0) {
    if (first == line.atoms.size()) return 0;
    double best = -1e9;
    for (std::size_t last = first + 1; last <= line.atoms.size(); ++last) {
        const InkGroup group{first, last};
        double score = shape_score(line, group);
        if (last - first == 1 || score > -7) score += judge(group);
        best = std::max(best, score + best_by_trying_all(line, judge, last));
    }
    return best;
}

}  // namespace

TEST_CASE("a line is split in the best of all possible ways") {
    RandomStream random(1, RandomPurpose::sampling);
    for (int round = 0; round < 200; ++round) {
        std::vector<InkPiece> pieces;
        int left = 0;
        for (std::size_t i = 0, count = 2 + random.below(6); i < count; ++i) {
            const int width = 4 + static_cast<int>(random.below(20)), height = 30 + static_cast<int>(random.below(30));
            pieces.push_back(bar(left, 0, width, height));
            left += width + static_cast<int>(random.below(12));
        }
        const InkLine line = line_of(std::move(pieces));
        std::vector<double> opinions(64);
        for (double& opinion : opinions) opinion = -3 * static_cast<double>(random.uniform());
        const JudgeGroup judge = [&](InkGroup group) { return opinions[group.first * 8 + group.last - 1]; };
        double sum = 0;
        std::size_t next = 0;
        for (const InkGroup group : split_line(line, judge)) {
            CHECK(group.first == next);
            next = group.last;
            const double shape = shape_score(line, group);
            sum += shape + (group.last - group.first == 1 || shape > -7 ? judge(group) : 0);
        }
        CHECK(next == line.atoms.size());
        CHECK(sum == Catch::Approx(best_by_trying_all(line, judge)));
    }
}

TEST_CASE("the judge decides where shapes allow both") {
    const InkLine line = line_of({bar(0, 0, 6, 40), bar(12, 0, 6, 40)});
    const auto groups = [&](double alone, double together) {
        return split_line(line, [&](InkGroup group) { return group.last - group.first == 1 ? alone : together; });
    };
    CHECK(groups(-0.1, -5) == std::vector<InkGroup>{{0, 1}, {1, 2}});
    CHECK(groups(-5, -0.1) == std::vector<InkGroup>{{0, 2}});
}

TEST_CASE("the judge is not asked about shapes that cannot be one digit") {
    const InkLine line = line_of({bar(0, 0, 6, 40), bar(200, 0, 6, 40)});
    std::vector<InkGroup> asked;
    const auto groups = split_line(line, [&](InkGroup group) { return asked.push_back(group), 0.0; });
    CHECK(groups == std::vector<InkGroup>{{0, 1}, {1, 2}});
    CHECK(std::ranges::find(asked, InkGroup{0, 2}) == asked.end());
}

TEST_CASE("lines come from top to bottom, their pieces from left to right, without specks") {
    const auto lines = find_lines({bar(50, 100, 10, 40), bar(0, 104, 10, 40), bar(20, 0, 10, 44), bar(90, 10, 1, 1)});
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].atoms.size() == 1);
    CHECK(lines[0].height == 44);
    REQUIRE(lines[1].atoms.size() == 2);
    CHECK(lines[1].atoms[0].ink.left == 0);
    CHECK(lines[1].atoms[1].ink.left == 50);
    CHECK(find_lines({}).empty());
}

TEST_CASE("halves of a digit, one just above the other, belong to one line") {
    const InkLine line = line_of({bar(0, 0, 30, 5), bar(2, 8, 24, 40)});
    CHECK(line.atoms.size() == 2);
    CHECK(split_line(line, [](InkGroup) { return -0.1; }) == std::vector<InkGroup>{{0, 2}});
    const InkPiece whole = ink_of(line, {0, 2});
    CHECK(whole.top == 0);
    CHECK(whole.bottom() == 48);
    CHECK(ink_area(whole) == Catch::Approx(30 * 5 + 24 * 40));
}

TEST_CASE("what is too small for a digit of its line is left out") {
    const InkLine line = line_of({bar(0, 0, 10, 60), bar(100, 50, 5, 5)});
    CHECK(line.atoms.size() == 2);
    CHECK(split_line(line, [](InkGroup) { return -0.1; }) == std::vector<InkGroup>{{0, 1}});
}
