#include "predict/drawing_csv.h"

#include <catch2/catch_test_macros.hpp>
#include <vector>

#include "predict/sample_drawings.h"

using namespace digitlab;

namespace {

/// Parses CSV by the grammar of RFC 4180; the file must be well-formed.
std::vector<std::vector<std::string>> read_csv(const std::string& text) {
    std::vector<std::vector<std::string>> lines(1, {""});
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string& field = lines.back().back();
        if (quoted) {
            if (text[i] != '"') {
                field += text[i];
            } else if (i + 1 < text.size() && text[i + 1] == '"') {
                field += text[i++];
            } else {
                quoted = false;
            }
        } else if (text[i] == '"') {
            REQUIRE(field.empty());
            quoted = true;
        } else if (text[i] == ',') {
            lines.back().emplace_back();
        } else if (text[i] == '\r') {
            REQUIRE(text.at(++i) == '\n');
            lines.push_back({""});
        } else {
            REQUIRE(text[i] != '\n');
            field += text[i];
        }
    }
    REQUIRE_FALSE(quoted);
    REQUIRE(lines.back() == std::vector<std::string>{""});  // the last line is terminated, too
    lines.pop_back();
    for (const auto& line : lines) REQUIRE(line.size() == lines[0].size());
    return lines;
}

}  // namespace

TEST_CASE("the CSV has one line per drawing and the documented columns") {
    std::vector<Drawing> drawings = {sample_drawing(1, 7), sample_drawing(2, 1), sample_drawing(3)};
    drawings[1].answers.erase(drawings[1].answers.begin());
    drawings[2].answers.clear();
    const auto lines = read_csv(drawings_csv(list_of(drawings), false));
    REQUIRE(lines.size() == 4);
    CHECK(lines[0] == std::vector<std::string>{"id", "date", "source", "label", "vote", "right", "model_mlp_run1 digit",
                                               "model_mlp_run1 confidence", "Champion digit", "Champion confidence"});
    CHECK(lines[1][0] == "d-0001");
    CHECK(lines[1][1] == "2023-11-14T22:13:21.000Z");
    CHECK(lines[1][2] == "drawn");
    CHECK(std::vector(lines[1].begin() + 3, lines[1].begin() + 7) == std::vector<std::string>{"7", "7", "1", "7"});
    CHECK(std::stof(lines[1][7]) == 0.9F);
    CHECK(std::vector(lines[2].begin() + 2, lines[2].end()) ==
          std::vector<std::string>{"uploaded", "1", "1", "1", "", "", "1", "0.75"});
    CHECK(std::vector(lines[3].begin() + 3, lines[3].end()) == std::vector<std::string>(7, ""));
    drawings[0].label = 2;
    CHECK(read_csv(drawings_csv(list_of(drawings), false))[1][5] == "0");
}

TEST_CASE("the pixels are 784 columns at the end") {
    const std::vector<Drawing> drawings = {sample_drawing(1, 7)};
    const auto lines = read_csv(drawings_csv(list_of(drawings), true));
    REQUIRE(lines[0].size() == 10 + 784);
    CHECK(lines[0][10] == "pixel_0");
    CHECK(lines[0].back() == "pixel_783");
    for (std::size_t i = 0; i < 784; ++i) REQUIRE(lines[1][10 + i] == std::to_string(drawings[0].pixels[i]));
}

TEST_CASE("model names cannot become formulas, break a line or collide") {
    Drawing drawing = sample_drawing(1);
    drawing.answers.clear();
    const std::vector<std::string> names = {"=HYPERLINK(\"http://x\",\"y\")",
                                            "+1",
                                            "-1",
                                            "@sum",
                                            "\tx",
                                            "\rx",
                                            "a,b",
                                            "say \"so\"",
                                            "two\r\nlines",
                                            "same",
                                            "same"};
    for (std::size_t i = 0; i < names.size(); ++i) drawing.answers.push_back({"r-" + std::to_string(i), names[i], 1, 0.5F});
    const auto lines = read_csv(drawings_csv(list_of({drawing}), false));
    REQUIRE(lines.size() == 2);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string& title = lines[0][6 + 2 * i];
        const bool formula = i < 6;
        if (i + 1 < names.size()) CHECK(title == (formula ? "'" : "") + names[i] + " digit");
    }
    CHECK(lines[0][6 + 2 * 10] == "same (r-10) digit");
}

TEST_CASE("an empty log has only a header") { CHECK(drawings_csv({}, false) == "id,date,source,label,vote,right\r\n"); }
