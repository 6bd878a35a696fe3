// Presets, single steps, the queue and sweeps in the Train view.

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "app/presets.h"
#include "ui/harness.h"
#include "ui/sample_state.h"

using namespace digitlab;

namespace {

State train_state() {
    State state = filled_state();
    state.view = View::train;
    return state;
}

Commands press(Harness& harness, const State& state, const std::string& name) {
    INFO(name);
    const MirrorNode* node = harness.find(Role::button, name);
    REQUIRE(node);
    harness.window.mirror().activate(node->id);
    return harness.settle(state);
}

Commands choose(Harness& harness, const State& state, Role role, const std::string& name, const std::string& value) {
    INFO(name);
    const MirrorNode* node = harness.find(role, name);
    REQUIRE(node);
    harness.window.mirror().set_value(node->id, value);
    return harness.settle(state);
}

}  // namespace

TEST_CASE("presets are chosen and explained", "[ui]") {
    State state = train_state();
    for (const float width : {1280.0F, 390.0F}) {
        Harness harness(width, 844);
        harness.settle(state);
        const Commands chosen = choose(harness, state, Role::combobox, "Preset", "tiny-data");
        REQUIRE(first<ChoosePreset>(chosen));
        CHECK(first<ChoosePreset>(chosen)->id == "tiny-data");
    }
    state.form.preset = "tiny-data";
    Harness harness;
    harness.settle(state);
    CHECK(harness.says("Only 200 digits to learn from."));
}

TEST_CASE("a run can train by batch or epoch, and with another learning rate", "[ui]") {
    State state = train_state();
    state.trainings[0].learning_rate = 0.004F;
    Harness harness;
    harness.settle(state);
    REQUIRE(first<StepTraining>(press(harness, state, "One batch")));
    const Commands epoch = press(harness, state, "One epoch");
    REQUIRE(first<StepTraining>(epoch));
    CHECK(first<StepTraining>(epoch)->unit == StepUnit::epoch);
    const Commands rate = choose(harness, state, Role::field, "Learning rate from here", "0.001");
    REQUIRE(first<SetLearningRate>(rate));
    CHECK(first<SetLearningRate>(rate)->rate == 0.001F);
}

TEST_CASE("the latest batch is shown with its answers, by name if classes have names", "[ui]") {
    State state = train_state();
    TrainingView& view = state.trainings[0].view;
    view.batch.pixels.assign(3 * 784, 90);
    view.batch.labels = {7, 4, 9};
    view.batch.answers = {7, 9, 9};
    view.classes = 10;
    view.confusion.assign(100, 1);
    Harness harness;
    harness.settle(state);
    CHECK(harness.says("Wrong answers among these: 9 instead of 4."));
    CHECK(harness.find(Role::table, "Confusion matrix"));
    state.runs.back().class_names = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
    harness.settle(state);
    CHECK(harness.says("j instead of e"));
}

TEST_CASE("the queue is shown when a run waits", "[ui]") {
    State state = train_state();
    Harness harness;
    harness.settle(state);
    CHECK_FALSE(harness.find(Role::combobox, "At once"));
    TrainingState& waiting = state.trainings.emplace_back();
    waiting.queued = true;
    waiting.run_id = state.runs.front().id;
    harness.settle(state);
    const std::string name = state.runs.front().name;
    CHECK(harness.says(name + ": waits for its turn"));
    const Commands removed = press(harness, state, "Remove " + name);
    REQUIRE(first<StopTraining>(removed));
    CHECK(first<StopTraining>(removed)->run_id == waiting.run_id);
    const Commands shown = press(harness, state, "Show " + name + " in training");
    REQUIRE(first<ShowTraining>(shown));
    const Commands at_once = choose(harness, state, Role::combobox, "At once", "2");
    REQUIRE(first<SetAtOnce>(at_once));
    CHECK(first<SetAtOnce>(at_once)->count == 2);
}

TEST_CASE("a pointer presses what the user saw, although it has moved since it was drawn", "[ui]") {
    const State before = [] {
        State state = train_state();
        for (std::size_t i = 0; i < 3; ++i) {
            TrainingState& waiting = state.trainings.emplace_back();
            waiting.queued = true;
            waiting.run_id = state.runs[i].id;
        }
        return state;
    }();
    State after = before;
    after.trainings.erase(after.trainings.begin() + 1);
    const std::string name = "Remove " + before.runs[1].name;
    for (const PointerSample::Kind kind : {PointerSample::Kind::mouse, PointerSample::Kind::touch}) {
        Harness harness(1280, 3000);
        harness.settle(before);
        const MirrorNode seen = *harness.find(Role::button, name);
        const Commands commands = harness.click(after, seen, kind);  // draws `after` for the first time
        CHECK(harness.find(Role::button, name)->y != seen.y);
        REQUIRE(first<StopTraining>(commands));
        CHECK(first<StopTraining>(commands)->run_id == before.runs[1].id);
    }
}

TEST_CASE("a pointer that is released elsewhere presses nothing", "[ui]") {
    const State state;
    Harness harness;
    harness.settle(state);
    const MirrorNode start = *harness.find(Role::button, "Start training");
    harness.point(PointerSample::Phase::down, start.x + 4, start.y + 4);
    harness.point(PointerSample::Phase::up, start.x + start.width + 30, start.y + 4);
    CHECK(harness.settle(state).empty());
}

TEST_CASE("a sweep is set up, started and shown, best first", "[ui]") {
    State state = train_state();
    for (const float width : {1280.0F, 390.0F}) {
        Harness harness(width, 844);
        harness.settle(state);
        press(harness, state, "Search for good settings");
        const Commands values = choose(harness, state, Role::field, "Values 1", "0.1, 0.2");
        REQUIRE(first<EditSweep>(values));
        CHECK(first<EditSweep>(values)->form.rows[0].values == "0.1, 0.2");
        const Commands second = choose(harness, state, Role::combobox, "Vary 2", "optimizer");
        REQUIRE(first<EditSweep>(second));
        CHECK(first<EditSweep>(second)->form.rows[1].key == "optimizer");
        CHECK(first<StartSweep>(press(harness, state, "Start sweep")));
    }
    const std::vector<std::pair<double, double>> trials = {{0.001, 0.91}, {0.01, 0.97}};
    for (std::size_t i = 0; i < trials.size(); ++i) {
        Run& run = state.runs[i];
        run.sweep = SweepMembership{"rates", {{"learningRate", trials[i].first}, {"optimizer", i == 0 ? "adam" : "sgd"}}};
        run.epochs.resize(1);
        run.epochs[0].validation_accuracy = trials[i].second;
    }
    Harness harness;
    harness.settle(state);
    press(harness, state, "Search for good settings");
    const MirrorNode* table = harness.find(Role::table, "Runs of the sweep");
    REQUIRE(table);
    CHECK(table->rows[1][0] == state.runs[1].name);
    CHECK(table->rows[2][0] == state.runs[0].name);
    CHECK(harness.says("best: " + state.runs[1].name + " with 97.00 % validation accuracy"));
}
