// Feedback, the log of drawings and its uses, and why a model answers as it does.

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "ui/harness.h"
#include "ui/sample_state.h"

using namespace digitlab;

namespace {

State draw_state() {
    State state = filled_state();
    state.view = View::draw;
    state.trainings.clear();
    state.runs[2].status = RunStatus::finished;
    return state;
}

/// Activates the element with this name, even when it is scrolled out of view.
Commands press(Harness& harness, const State& state, Role role, const std::string& name) {
    INFO(name);
    const MirrorNode* node = harness.find(role, name);
    REQUIRE(node);
    harness.window.mirror().activate(node->id);
    return harness.settle(state);
}

std::ptrdiff_t cells(const Harness& harness) {
    return std::ranges::count_if(harness.window.mirror().nodes(),
                                 [](const MirrorNode& node) { return node.name.starts_with("Drawing d-"); });
}

}  // namespace

TEST_CASE("an answer is confirmed, corrected and corrected again", "[ui]") {
    State state = draw_state();
    state.drawings.current = {""};
    Harness harness;
    harness.settle(state);
    CHECK(harness.says("Is it truly a 7?"));
    const Commands right = press(harness, state, Role::button, "Right, it is 7");
    REQUIRE(first<LabelDrawn>(right));
    CHECK(first<LabelDrawn>(right)->label == 7);
    const Commands wrong = press(harness, state, Role::button, "2");
    REQUIRE(first<LabelDrawn>(wrong));
    CHECK(first<LabelDrawn>(wrong)->label == 2);

    state.drawings.current = {"d-0040"};
    harness.settle(state);
    CHECK(harness.says("In the log as a 7."));
    CHECK_FALSE(harness.find(Role::button, "Right, it is 7"));
    state.draw.reading.digits.clear();
    harness.settle(state);
    CHECK_FALSE(harness.says("In the log as"));
    CHECK(harness.find(Role::table, "Running accuracy")->rows.size() == 4);
}

TEST_CASE("the log is browsed, filtered, labelled and emptied", "[ui]") {
    const State state = draw_state();
    Harness harness;
    harness.settle(state);
    CHECK(harness.says("40 drawings, 27 labelled."));
    const auto page = cells(harness);
    CHECK(page > 20);
    CHECK(harness.find(Role::button, "Drawing d-0040: a 7, answered 7"));
    press(harness, state, Role::button, "Older");
    CHECK(cells(harness) == 40 - page);
    CHECK_FALSE(harness.find(Role::button, "Drawing d-0040: a 7, answered 7"));

    harness.window.mirror().set_value(harness.find(Role::combobox, "Show")->id, "wrong");
    harness.settle(state);
    CHECK(cells(harness) == 4);  // 7, 14, 28 and 35
    press(harness, state, Role::button, "Drawing d-0014: a 1, answered 7");
    CHECK(harness.find(Role::table, "Answers when it was drawn")->rows.size() == 4);
    const Commands unlabelled = press(harness, state, Role::button, "Take the label away");
    REQUIRE(first<LabelDrawing>(unlabelled));
    CHECK(first<LabelDrawing>(unlabelled)->id == "d-0014");
    CHECK_FALSE(first<LabelDrawing>(unlabelled)->label);
    const Commands removed = press(harness, state, Role::button, "Remove drawing");
    REQUIRE(first<RemoveDrawing>(removed));
    CHECK(first<RemoveDrawing>(removed)->id == "d-0014");

    CHECK_FALSE(first<ClearDrawings>(press(harness, state, Role::button, "Remove all")));
    CHECK_FALSE(first<ClearDrawings>(press(harness, state, Role::button, "Keep them")));
    press(harness, state, Role::button, "Remove all");
    CHECK(first<ClearDrawings>(press(harness, state, Role::button, "Remove for good")));
}

TEST_CASE("each export button asks for its format", "[ui]") {
    const State state = draw_state();
    Harness harness;
    harness.settle(state);
    const std::pair<const char*, ExportFormat> files[] = {
        {"CSV", ExportFormat::csv}, {"CSV with pixels", ExportFormat::csv_with_pixels}, {"Images", ExportFormat::images}};
    for (const auto& [name, format] : files) {
        const Commands commands = press(harness, state, Role::button, name);
        REQUIRE(first<ExportDrawings>(commands));
        CHECK(first<ExportDrawings>(commands)->format == format);
    }
}

TEST_CASE("the chosen model is tested and trained on the drawings, and the effect is shown", "[ui]") {
    State state = draw_state();
    Harness harness;
    harness.settle(state);
    CHECK(harness.says(": 23 of 26 right, 88.0 %."));
    CHECK(harness.says("Held-out drawings: 3 \u2192 4 of 5 right."));
    CHECK(harness.says("which proves nothing: 14 \u2192 21 of 21 right."));
    CHECK(harness.says("MNIST test accuracy: 97.12 % \u2192 97.12 %."));
    harness.window.mirror().set_value(harness.find(Role::combobox, "Model to test or train")->id, "r-2");
    harness.settle(state);
    const Commands tested = press(harness, state, Role::button, "Test on my drawings");
    REQUIRE(first<TestOnDrawings>(tested));
    CHECK(first<TestOnDrawings>(tested)->model == "r-2");
    const Commands trained = press(harness, state, Role::button, "Train on my corrections");
    REQUIRE(first<StartTraining>(trained));
    CHECK(first<StartTraining>(trained)->spec->start_from == "r-2");
    CHECK(first<StartTraining>(trained)->spec->drawings);

    state.drawings.test->done = 3;
    harness.settle(state);
    CHECK(harness.find(Role::progressbar, "Testing on your drawings"));
    CHECK(press(harness, state, Role::button, "Test on my drawings").empty());
}

TEST_CASE("while several runs train, the progress shown is that of the run on corrections", "[ui]") {
    State state = draw_state();
    const auto tuned = std::ranges::find_if(state.runs, [](const Run& run) { return run.spec.drawings; });
    REQUIRE(tuned != state.runs.end());
    tuned->status = RunStatus::running;
    for (const Run* run : {&state.runs.back(), &*tuned}) {
        TrainingState& training = state.trainings.emplace_back();
        training.active = true;
        training.run_id = run->id;
        training.progress.epoch = run == &*tuned ? 2 : 7;
        training.progress.epochs = 9;
    }
    state.shown_training = state.runs.back().id;
    REQUIRE(state.shown_training != tuned->id);
    Harness harness;
    harness.settle(state);
    CHECK(harness.says(tuned->name + " is being trained: epoch 2 of 9."));
    // Another program trains it.
    state.trainings.pop_back();
    harness.settle(state);
    CHECK(harness.says(tuned->name + " is being trained."));
}

TEST_CASE("why: shown in words and for another model and digit", "[ui]") {
    State state = draw_state();
    Harness harness;
    harness.settle(state);
    CHECK(harness.says("takes it for a 7 with 98.3 %."));
    CHECK(harness.says("it would be 41.0 %."));
    CHECK(harness.says("Nearest of 3,200 so far, of 10,000 training digits"));
    CHECK(harness.says("Similar training digit, labelled 7, distance 1.50"));
    harness.window.mirror().set_value(harness.find(Role::combobox, "Digit to explain")->id, "3");
    const Commands digit = harness.settle(state);
    REQUIRE(first<ExplainDigit>(digit));
    CHECK(first<ExplainDigit>(digit)->digit == 3);
    harness.window.mirror().set_value(harness.find(Role::combobox, "Model to explain")->id, "r-1");
    const Commands model = harness.settle(state);
    REQUIRE(first<ExplainModel>(model));
    CHECK(first<ExplainModel>(model)->id == "r-1");

    state.datasets.all.front().data = {};
    harness.settle(state);
    CHECK(first<RequestData>(press(harness, state, Role::button, "Get the data set")));
    const Commands hidden = press(harness, state, Role::button, "Why this answer?");
    REQUIRE(first<ShowWhy>(hidden));
    CHECK_FALSE(first<ShowWhy>(hidden)->open);
    state.why.open = false;
    harness.settle(state);
    CHECK_FALSE(harness.says("takes it for a 7"));
}
