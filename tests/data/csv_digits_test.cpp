#include "data/csv_digits.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "contains.h"
#include "data/dataset_files.h"
#include "data/packed.h"

using namespace digitlab;

namespace {

/// Rows that cycle through the labels.
std::string table(const std::vector<std::string>& labels, char separator = ',', const char* bright = "255", int rows = 60) {
    std::string text;
    for (int row = 0; row < rows; ++row) {
        const int label = row % static_cast<int>(labels.size());
        text += csv_row(labels[static_cast<std::size_t>(label)], label, separator, bright);
    }
    return text;
}

Result<DataPair> read(const std::string& text) { return read_dataset_files("mine", {{"mine.csv", bytes_of_text(text)}}); }

std::string refusal(const std::string& text) {
    const auto pair = read(text);
    REQUIRE_FALSE(pair);
    return pair.error().message;
}

std::string titles(const std::string& label = "label", const std::string& pixel = "pixel", int first = 0) {
    std::string row = label;
    for (int i = 0; i < 784; ++i) row += "," + pixel + std::to_string(first + i);
    return row + "\n";
}

}  // namespace

TEST_CASE("a table with words as labels is read, its classes sorted and its rows split and shuffled") {
    const auto pair = read(table({"zebra", "ape", "yak"}));
    REQUIRE(pair);
    CHECK(pair->train->class_names == std::vector<std::string>{"ape", "yak", "zebra"});
    CHECK(pair->test->class_names == pair->train->class_names);
    CHECK(pair->train->classes == 3);
    CHECK(pair->train->rows() == 51);
    CHECK(pair->test->rows() == 9);  // every sixth of twenty, of each class
    for (const auto& part : {pair->train, pair->test}) {
        for (std::size_t row = 0; row < part->rows(); ++row) {
            const int bar = std::vector{1, 2, 0}[part->labels[row]];
            CHECK(part->image(row)[static_cast<std::size_t>((3 * bar + 3) * 28 + 14)] == 255);
        }
    }
}

TEST_CASE("titles, quotes, separators, line ends and scales are understood") {
    const auto plain = read(table({"a", "b"}));
    REQUIRE(plain);
    const auto same = [&](const std::string& text) {
        const auto pair = read(text);
        INFO((pair ? std::string() : pair.error().message));
        REQUIRE(pair);
        CHECK(pair->train->pixels == plain->train->pixels);
        CHECK(pair->train->labels == plain->train->labels);
    };
    same(titles() + table({"a", "b"}));
    same(titles("", "") + table({"a", "b"}));
    same(titles("0", "", 1) + table({"a", "b"}));
    same("\xEF\xBB\xBF" + table({"a", "b"}));
    same(table({"\"a\"", " b "}));
    same(table({"a", "b"}, ';'));
    same(table({"a", "b"}, '\t'));
    same(table({"a", "b"}, ',', "255.0"));
    same(table({"a", "b"}, ',', "1"));
    std::string windows;
    for (const char c : table({"a", "b"})) windows += c == '\n' ? "\r\n" : std::string(1, c);
    same(windows + "\r\n\r\n");
    const auto shares = read(table({"a", "b"}, ',', "0.5"));
    REQUIRE(shares);
    CHECK(std::ranges::max(shares->train->pixels) == 128);
}

TEST_CASE("numeric labels are sorted as numbers, and those from 0 have no names") {
    std::vector<std::string> numbers;
    for (int i = 0; i < 12; ++i) numbers.push_back(std::to_string(i) + (i == 3 ? ".0" : ""));
    const auto pair = read(table(numbers, ',', "255", 240));
    REQUIRE(pair);
    CHECK(pair->train->class_names.empty());
    CHECK(pair->train->classes == 12);
    const auto from_one = read(table({"1", "2", "10", "9", "8", "7", "6", "5", "4", "3"}, ',', "255", 100));
    REQUIRE(from_one);
    CHECK(from_one->train->class_names.front() == "1");
    CHECK(from_one->train->class_names.back() == "10");
    CHECK(contains(refusal(table({"0", "1", "5"})), "2 to 4 are missing"));
}

TEST_CASE("errors name file, row and column") {
    const std::string good = table({"a", "b"});
    CHECK(contains(refusal(good + "a,1,2\n"), "mine.csv, row 61: it has 3 columns"));
    std::string wrong = csv_row("a", 0);
    wrong.replace(wrong.find("255"), 3, "256");
    CHECK(contains(refusal(good + wrong), "row 61: column"));
    CHECK(contains(refusal(good + wrong), "\"256\""));
    for (const char* bad : {"-1", "nan", "inf", "0x1F", "1e999", "", "one", "\xFF\xFF"}) {
        std::string row = csv_row("a", 0);
        row.replace(row.find("255"), 3, bad);
        CHECK(contains(refusal(good + row), "row 61"));
    }
    CHECK(contains(refusal(good + csv_row("", 0)), "label is missing"));
    CHECK(contains(refusal(good + csv_row("\xC3\x28", 0)), "UTF-8"));
    CHECK(contains(refusal(good + csv_row(std::string(41, 'x'), 0)), "longer"));
    CHECK(contains(refusal(good.substr(2)), "784 columns"));
}

TEST_CASE("a bad cell in the first row is an error and does not make it a title row") {
    for (const char* bad : {"NaN", "-", "", "256", "0x1F"}) {
        std::string row = csv_row("a", 0);
        row.replace(row.find("255"), 3, bad);
        const std::string problem = refusal(row + table({"a", "b"}));
        INFO(problem);
        CHECK(contains(problem, "mine.csv, row 1: column"));
        CHECK(contains(problem, ("\"" + std::string(bad) + "\"").c_str()));
    }
}

TEST_CASE("tables that cannot be a data set are refused with a reason") {
    CHECK(contains(refusal("hello"), "row 1"));
    CHECK(contains(refusal("\n\n"), "no pictures"));
    CHECK(contains(refusal(titles()), "no pictures"));
    CHECK(contains(refusal(table({"a"})), "same label"));
    CHECK(contains(refusal(table({"a", "b"}, ',', "255", 6)), "at least 20"));
    std::vector<std::string> many;
    for (int i = 0; i < 101; ++i) many.push_back("label " + std::to_string(i));
    CHECK(contains(refusal(table(many, ',', "255", 202)), "row 101"));
    CHECK(contains(refusal(std::string(1'000'000, ',') + "\n"), "more than 785"));
    CHECK(contains(refusal("a," + std::string(1'000'000, '1')), "2 columns"));
    std::string quotes = "\"" + std::string(100'000, 'x') + "\n";
    CHECK(contains(refusal(quotes), "row 1"));
}

TEST_CASE("a second table is the test part, which may hold only known labels") {
    const auto both = [](const std::string& test) {
        return read_dataset_files("mine",
                                  {{"my_test.csv", bytes_of_text(test)}, {"my_train.csv", bytes_of_text(table({"a", "b"}))}});
    };
    const auto pair = both(csv_row("b", 1) + csv_row("a", 0));
    REQUIRE(pair);
    CHECK(pair->train->rows() == 60);
    CHECK(pair->test->rows() == 2);
    const auto strange = both(csv_row("c", 1));
    REQUIRE_FALSE(strange);
    CHECK(contains(strange.error().message, "\"c\""));
}
