#include "ui/table.h"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include "ui/harness.h"
#include "ui/sample_state.h"
#include "ui/table_layout.h"
#include "ui/widget_frame.h"

using namespace digitlab;
using Catch::Approx;

namespace {

/// A table of 1,000 rows, with or without buttons, in a window 800 high.
struct LongTable {
    explicit LongTable(bool has_buttons) {
        rows.count = 1000;
        rows.cells = [this](std::size_t row) {
            ++made;
            return std::vector<std::string>{"run " + std::to_string(row), "97.1 %"};
        };
        if (has_buttons) rows.button = [](std::size_t row) { return "Show run " + std::to_string(row); };
    }

    /// Draws `frames` frames. Returns the row pressed in the last one.
    std::optional<std::size_t> draw(int frames = 1) {
        std::optional<std::size_t> pressed;
        for (; frames > 0; --frames) {
            made = 0;
            frame.draw([&](Ui& ui) { pressed = table(ui, "Runs", {{"Name", 2}, {"Test", 1, true}}, rows); });
        }
        return pressed;
    }

    const MirrorNode* find(const std::string& name) const {
        for (const MirrorNode& node : frame.mirror.nodes()) {
            if (node.name == name) return &node;
        }
        return nullptr;
    }

    WidgetFrame frame{600, 800};
    TableRows rows;
    int made = 0;  ///< rows whose cells were asked for in the last frame
};

constexpr int most_made = 800 / 36 + 2 + 2 * 12;  // the rows in sight and twelve on either side

}  // namespace

TEST_CASE("a frame of a table with 1,000 rows makes only those in sight and a few around them", "[ui]") {
    for (const bool has_buttons : {true, false}) {
        LongTable table(has_buttons);
        table.draw();
        CHECK(table.made <= most_made);
        table.draw();
        CHECK(table.made >= 800 / 36 - 1);
        CHECK(table.made <= most_made);
        CHECK(table.frame.mirror.nodes().size() <= most_made + 1);
        const MirrorNode* node = table.find("Runs");
        REQUIRE(node);
        CHECK(node->row_count == 1000);
        CHECK(node->first_row == 0);
        CHECK(node->rows.size() == static_cast<std::size_t>(table.made) + 1);
        const Json json = table.frame.mirror.to_json();
        CHECK(json[0]["rowCount"] == 1000);
    }
}

TEST_CASE("a short table is mirrored whole, in sight or not", "[ui]") {
    LongTable table(false);
    table.rows.count = 60;
    table.draw(2);
    CHECK(table.made == 60);
    CHECK_FALSE(table.frame.mirror.to_json()[0].contains("rowCount"));
}

TEST_CASE("keys reach every row of a long table", "[ui]") {
    LongTable table(true);
    table.draw(2);
    REQUIRE(table.find("Show run 0"));
    CHECK(table.find("Show run 0")->takes_keys);
    CHECK_FALSE(table.find("Show run 999"));
    // As on the page, an element that should get the focus gets it.
    const auto press = [&](std::uint32_t id, const char* key) {
        table.frame.mirror.focus(id);
        table.frame.mirror.press_key(id, key);
        for (int frame = 0; frame < 4; ++frame) {
            table.draw();
            for (const MirrorNode& node : table.frame.mirror.nodes()) {
                if (node.takes_focus) table.frame.mirror.focus(node.id);
            }
        }
        return table.frame.mirror.focus();
    };
    const std::uint32_t first = table.find("Show run 0")->id;
    const std::uint32_t last = press(first, "End");
    REQUIRE(table.find("Show run 999"));
    CHECK(table.find("Show run 999")->id == last);
    CHECK_FALSE(table.find("Show run 999")->clipped);
    CHECK(table.made <= most_made);
    CHECK(table.find("Runs")->first_row > 900);
    press(last, "ArrowUp");
    CHECK(table.find("Show run 998")->id == table.frame.mirror.focus());
    std::uint32_t at = press(table.frame.mirror.focus(), "Home");
    CHECK(at == first);
    CHECK_FALSE(table.find("Show run 0")->clipped);
    for (int row = 1; row <= 60; ++row) at = press(at, "ArrowDown");
    REQUIRE(table.find("Show run 60"));
    CHECK(table.find("Show run 60")->id == at);
    press(at, "PageDown");
    CHECK_FALSE(table.find("Show run 60") == nullptr);
    CHECK(table.frame.mirror.focus() != at);
    // Enter on a row activates it.
    table.frame.mirror.activate(table.frame.mirror.focus());
    const auto pressed = table.draw();
    REQUIRE(pressed);
    CHECK(*pressed > 60);
}

TEST_CASE("a row with the focus stays in the mirror when it is scrolled out of sight", "[ui]") {
    LongTable table(true);
    table.draw(2);
    const std::uint32_t first = table.find("Show run 0")->id;
    table.frame.mirror.focus(first);
    table.draw(2);
    table.frame.draw([&](Ui& ui) {
        (void)digitlab::table(ui, "Runs", {{"Name", 2}, {"Test", 1, true}}, table.rows);
        ImGui::SetScrollY(20000);
    });
    table.draw(3);
    REQUIRE(table.find("Show run 0"));
    CHECK(table.find("Show run 0")->clipped);
    CHECK(table.made <= most_made);
    table.frame.mirror.focus(0);
    table.draw(2);
    CHECK_FALSE(table.find("Show run 0"));
}

TEST_CASE("keys scroll a long table without buttons", "[ui]") {
    LongTable table(false);
    table.draw(2);
    const std::uint32_t id = table.find("Runs")->id;
    CHECK(table.find("Runs")->takes_keys);
    table.frame.mirror.press_key(id, "End");
    table.draw(3);
    const MirrorNode* node = table.find("Runs");
    CHECK(node->first_row + node->rows.size() - 1 == 1000);
    table.frame.mirror.press_key(id, "Home");
    table.draw(3);
    CHECK(table.find("Runs")->first_row == 0);
}

TEST_CASE("History with 1,000 runs mirrors only those in sight and a few around them", "[ui]") {
    State state = filled_state();
    state.view = View::history;
    state.selected_run.clear();
    const Run run = state.runs.front();
    for (int number = 4; number <= 1000; ++number) {
        state.runs.push_back(run);
        state.runs.back().id = "r-" + std::to_string(number);
        state.runs.back().name = "model_" + std::to_string(number);
    }
    Harness harness;
    harness.settle(state);
    const MirrorNode* runs = harness.find(Role::table, "Runs");
    REQUIRE(runs);
    CHECK(runs->row_count == 1000);
    CHECK(harness.window.mirror().nodes().size() < 100);
    CHECK(runs->rows.size() < 70);
    const MirrorNode newest = *harness.find(Role::button, "Show model_1000");
    CHECK(harness.window.key(newest.id, {"End"}));
    CHECK_FALSE(harness.window.key(newest.id, {"x"}));
    harness.settle(state);
    harness.settle(state);
    const MirrorNode* oldest = harness.find(Role::button, "Show " + state.runs.front().name);
    REQUIRE(oldest);
    CHECK_FALSE(oldest->clipped);
    const Commands commands = harness.click(state, MirrorNode(*oldest));
    REQUIRE(first<SelectRun>(commands));
    CHECK(first<SelectRun>(commands)->id == state.runs.front().id);
}

TEST_CASE("words are broken only where they may be", "[ui]") {
    const WidgetFrame frame(600, 400);
    const ImFont* font = frame.fonts().body;
    CHECK(cell_lines(font, "short", 500) == std::vector<std::string>{"short"});
    CHECK(cell_lines(font, "model_small-cnn_run12", 100) == std::vector<std::string>{"model_small-", "cnn_run12"});
    CHECK(cell_lines(font, "97.1 %", 20) == std::vector<std::string>{"97.1 %"});
    CHECK(cell_lines(font, "nowheretobreakit", 20) == std::vector<std::string>{"nowheretobreakit"});
    CHECK(cell_lines(font, "", 20) == std::vector<std::string>{""});
    const auto many = cell_lines(font, "a b c d e f g h i j k l m n o p q r s t u v w x y z", 40);
    CHECK(many.size() == most_cell_lines);
    CHECK(many[0].back() != ' ');
}

TEST_CASE("columns share the width", "[ui]") {
    const std::vector<float> edges = column_edges({2, 1, 1}, 10, 400);
    REQUIRE(edges.size() == 4);
    CHECK(edges[1] == Approx(210));
    CHECK(edges[3] == Approx(410));
}

TEST_CASE("the rows between two heights are found", "[ui]") {
    const std::vector<float> edges = {0, 10, 20, 50, 60};
    const auto check = [&](float top, float bottom, std::size_t first, std::size_t end) {
        const RowRange range = rows_between(edges, top, bottom);
        INFO(top << " to " << bottom);
        CHECK(range.first == first);
        CHECK(range.end == end);
    };
    check(0, 60, 0, 4);
    check(12, 18, 1, 2);
    check(10, 20, 1, 2);
    check(25, 55, 2, 4);
    check(-100, -50, 0, 0);
    check(70, 90, 4, 4);
    CHECK(rows_between({0}, 0, 100).end == 0);
    CHECK(with_margin({500, 520}, 1000, 12, 64).first == 488);
    CHECK(with_margin({500, 520}, 1000, 12, 64).end == 532);
    CHECK(with_margin({3, 995}, 1000, 12, 64).first == 0);
    CHECK(with_margin({3, 995}, 1000, 12, 64).end == 1000);
    CHECK(with_margin({3, 5}, 60, 12, 64).end == 60);
}
