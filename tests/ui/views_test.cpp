// Every view, at the size of a laptop and of a phone, empty and full, light and dark: draws without an assertion of Dear
// ImGui and has its parts in the mirror.

#include <catch2/catch_test_macros.hpp>
#include <set>

#include "ui/harness.h"
#include "ui/sample_state.h"

using namespace digitlab;

namespace {

void check_places(const Harness& harness, float width, float height) {
    std::set<std::uint32_t> ids;
    for (const MirrorNode& node : harness.window.mirror().nodes()) {
        INFO(node.name << " / " << node.value);
        CHECK(ids.insert(node.id).second);
        if (node.clipped) continue;
        CHECK(node.x >= 0);
        CHECK(node.y >= 0);
        CHECK(node.x + node.width <= width + 0.5F);
        CHECK(node.y + node.height <= height + 0.5F);
        CHECK(node.width > 0);
        CHECK(node.height > 0);
    }
}

/// Two controls at one place could not both be pressed.
void check_overlap(const Harness& harness) {
    const auto is_control = [](const MirrorNode& node) {
        return !node.clipped && (node.role == Role::button || node.role == Role::tab || node.role == Role::field ||
                                 node.role == Role::text_area || node.role == Role::combobox || node.role == Role::slider ||
                                 node.role == Role::region);
    };
    const auto& nodes = harness.window.mirror().nodes();
    for (std::size_t a = 0; a < nodes.size(); ++a) {
        for (std::size_t b = a + 1; b < nodes.size(); ++b) {
            if (!is_control(nodes[a]) || !is_control(nodes[b])) continue;
            INFO(nodes[a].name << " and " << nodes[b].name);
            const bool apart =
                nodes[a].x + nodes[a].width <= nodes[b].x + 0.5F || nodes[b].x + nodes[b].width <= nodes[a].x + 0.5F ||
                nodes[a].y + nodes[a].height <= nodes[b].y + 0.5F || nodes[b].y + nodes[b].height <= nodes[a].y + 0.5F;
            CHECK(apart);
        }
    }
}

}  // namespace

TEST_CASE("every view draws in every size, theme and state", "[ui]") {
    for (const bool filled : {false, true}) {
        State state = filled ? filled_state() : State{};
        for (const auto& [width, height] : {std::pair{1280.0F, 800.0F}, {390.0F, 844.0F}, {720.0F, 500.0F}}) {
            for (const ThemeChoice theme : {ThemeChoice::light, ThemeChoice::dark}) {
                Harness harness(width, height, theme, width < 500 ? 3.0F : 1.0F);
                for (const View view : all_views) {
                    state.view = view;
                    INFO(title(view) << " " << width << " filled " << filled);
                    harness.frame(state);
                    harness.settle(state);
                    CHECK_FALSE(harness.window.wants_frame());
                    check_places(harness, width, height);
                    check_overlap(harness);
                    for (const View other : all_views) {
                        const MirrorNode* tab = harness.find(Role::tab, title(other));
                        REQUIRE(tab);
                        CHECK_FALSE(tab->clipped);
                        CHECK(tab->checked == (other == view));
                    }
                }
            }
        }
    }
}

TEST_CASE("the editor of a network draws in every size and theme", "[ui]") {
    for (const char* id : {"mlp", "resnet", "two-pool-cnn"}) {
        State state;
        state.form.custom = editable_copy(*find_architecture(id));
        state.form.architecture = custom_id;
        state.form.layers = check_layers(*state.form.custom);
        for (const float width : {1280.0F, 1000.0F, 720.0F, 390.0F, 320.0F}) {
            Harness harness(width, 4000, ThemeChoice::dark, width < 500 ? 3.0F : 1.0F);
            INFO(id << " " << width);
            harness.settle(state);
            harness.window.mirror().activate(harness.find(Role::button, "More settings")->id);
            harness.settle(state);
            check_places(harness, width, 4000);
            check_overlap(harness);
            CHECK(harness.find(Role::combobox, "Layer 1 type"));
        }
    }
}

TEST_CASE("the mirror names what each view offers", "[ui]") {
    State state;
    Harness harness;
    harness.settle(state);
    for (const char* name : {"Epochs", "Batch size", "Learning rate", "Seed"}) CHECK(harness.find(Role::field, name));
    const MirrorNode* architecture = harness.find(Role::combobox, "Architecture");
    REQUIRE(architecture);
    CHECK(architecture->value == "mlp");
    const MirrorNode* start = harness.find(Role::button, "Start training");
    REQUIRE(start);
    CHECK(start->enabled);
    CHECK_FALSE(start->clipped);
    CHECK(harness.find(Role::button, "Download data set"));

    state.view = View::draw;
    harness.settle(state);
    const MirrorNode* area = harness.find(Role::region, "Drawing area");
    REQUIRE(area);
    CHECK(area->width == area->height);
    CHECK(harness.find(Role::slider, "Pen width"));
    CHECK(harness.find(Role::button, "Clear"));
    CHECK(harness.find(Role::button, "Predict"));
    CHECK(harness.find(Role::button, "Go to Train"));
}

TEST_CASE("a full state is told in words", "[ui]") {
    State state = filled_state();
    Harness harness;
    harness.settle(state);
    CHECK(harness.find(Role::text, "Validation accuracy 97.1 %"));
    CHECK(harness.find(Role::text, "Epoch 3 / 3"));
    CHECK(harness.find(Role::button, "Pause"));
    CHECK(harness.find(Role::button, "Stop"));
    CHECK(harness.find(Role::button, "Start training")->description == "It begins when it is its turn.");
    CHECK(harness.find(Role::button, "One batch"));
    CHECK(harness.find(Role::button, "One epoch"));
    CHECK(harness.find(Role::status, "Not saved"));

    state.view = View::draw;
    harness.settle(state);
    CHECK(harness.find(Role::status, "2 of 3 models say 7"));
    const MirrorNode* answers = harness.find(Role::table, "Answers");
    REQUIRE(answers);
    REQUIRE(answers->rows.size() == 5);  // with a header and the ensemble
    CHECK(answers->rows[1][1] == state.runs[1].name);
    CHECK(answers->rows[1][2] == "7");
    CHECK(answers->rows[1][3] == "98.3 %");
    CHECK(answers->rows[4][1] == "Ensemble");
    CHECK(answers->rows[4][2] == "7");
    state.draw.reading = Reading{};
    state.draw.canvas.clear();
    harness.settle(state);
    CHECK(harness.find(Role::status, "Draw a digit and the models will answer"));

    state.view = View::history;
    harness.settle(state);
    const MirrorNode* runs = harness.find(Role::table, "Runs");
    REQUIRE(runs);
    CHECK(runs->rows.size() == 4);
    const MirrorNode* matrix = harness.find(Role::table, "Confusion matrix");
    REQUIRE(matrix);
    CHECK(matrix->rows.size() == 11);
}
