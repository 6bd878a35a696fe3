// The log of drawings as a user works with it: draw, label, reload, test and train on it.

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cmath>
#include <thread>

#include "app/app.h"
#include "app/settle.h"
#include "base/clock.h"
#include "predict/sample_drawings.h"
#include "store/memory_files.h"
#include "train/stripes.h"

using namespace digitlab;

namespace {

/// Draws two strokes; the second is longer the higher `number` is.
void draw_something(App& app, int number = 1) {
    REQUIRE(app.apply(DrawLine{{100, 60}, {100, 300}, 36}));
    REQUIRE(app.apply(DrawLine{{100, 100}, {120 + 10.0F * static_cast<float>(number), 100}, 36}));
}

void train(App& app, ExperimentSpec spec = quick_spec()) {
    if (app.state().datasets.mnist().data.phase != DataPhase::ready) REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(StartTraining{std::move(spec)}));
    settle(app);
}

const DrawingList& log_of(const App& app) { return app.state().drawings.all; }

}  // namespace

TEST_CASE("a drawing enters the log with its first label, and a reload finds it") {
    MemoryFiles files;
    {
        App app(services(files));
        train(app);
        draw_something(app);
        settle(app);
        CHECK(log_of(app).empty());  // not for each stroke
        REQUIRE(app.apply(LabelDrawn{4}));
        settle(app);
        CHECK(app.state().save.phase == SavePhase::saved);
        REQUIRE(log_of(app).size() == 1);
        REQUIRE(app.apply(LabelDrawn{9}));  // corrects a slip
        REQUIRE(log_of(app).size() == 1);
        REQUIRE(app.apply(ClearDrawing{}));
        settle(app);
    }
    App again(services(files));
    REQUIRE(log_of(again).size() == 1);
    const Drawing& drawing = *log_of(again)[0];
    CHECK(drawing.label == 9);
    CHECK(drawing.source == DrawingSource::drawn);
    CHECK(drawing.unix_secs == 1.7e9);
    REQUIRE(drawing.answers.size() == 1);
    CHECK(drawing.answers[0].name == "model_softmax_run1");
    CHECK(drawing.picture.width > 10);
    CHECK(std::ranges::any_of(drawing.pixels, [](std::uint8_t ink) { return ink > 200; }));
    REQUIRE(again.state().drawings.accuracy.size() == 1);
    CHECK(again.state().drawings.accuracy[0].labelled == 1);
}

TEST_CASE("a drawing without a label enters the log once, when the user moves on") {
    MemoryFiles files;
    App app(services(files));
    draw_something(app);
    REQUIRE(app.apply(ClearDrawing{}));  // at once, before any answer
    settle(app);
    REQUIRE(log_of(app).size() == 1);
    CHECK_FALSE(log_of(app)[0]->label);
    REQUIRE(app.apply(ClearDrawing{}));
    CHECK(log_of(app).size() == 1);

    draw_something(app, 5);
    settle(app);
    GreyImage picture{60, 60, std::vector<std::uint8_t>(3600, 255)};
    for (std::size_t y = 10; y < 50; ++y) picture.ink[y * 60 + 30] = picture.ink[y * 60 + 31] = picture.ink[y * 60 + 32] = 0;
    REQUIRE(app.apply(SetPicture{picture}));
    settle(app);
    CHECK(log_of(app).size() == 2);
    REQUIRE(app.apply(LabelDrawn{1}));
    REQUIRE(log_of(app).size() == 3);
    CHECK(log_of(app)[2]->source == DrawingSource::uploaded);
    CHECK(log_of(app)[1]->source == DrawingSource::drawn);
    REQUIRE(app.apply(ClearDrawing{}));
    CHECK(log_of(app).size() == 3);
}

TEST_CASE("more ink makes it another drawing") {
    MemoryFiles files;
    App app(services(files));
    draw_something(app);
    settle(app);
    REQUIRE(app.apply(LabelDrawn{1}));
    REQUIRE(app.apply(DrawLine{{60, 300}, {160, 300}, 36}));
    settle(app);
    REQUIRE(app.apply(LabelDrawn{2}));
    REQUIRE(log_of(app).size() == 2);
    CHECK(log_of(app)[0]->label == 1);
    CHECK(log_of(app)[1]->label == 2);
}

TEST_CASE("changed and removed labels, removed drawings and an emptied log survive a reload") {
    MemoryFiles files;
    App app(services(files));
    for (int i = 0; i < 3; ++i) {
        draw_something(app, i);
        REQUIRE(app.apply(LabelDrawn{i}));
        REQUIRE(app.apply(ClearDrawing{}));
    }
    const std::string first = log_of(app)[0]->id, second = log_of(app)[1]->id;
    REQUIRE(app.apply(LabelDrawing{first, 7}));
    REQUIRE(app.apply(LabelDrawing{second, std::nullopt}));
    REQUIRE(app.apply(RemoveDrawing{log_of(app)[2]->id}));
    settle(app);
    {
        const App again(services(files));
        REQUIRE(log_of(again).size() == 2);
        CHECK(log_of(again)[0]->label == 7);
        CHECK_FALSE(log_of(again)[1]->label);
    }
    REQUIRE(app.apply(ClearDrawings{}));
    CHECK(log_of(app).empty());
    CHECK(log_of(App(services(files))).empty());
}

TEST_CASE("impossible commands about drawings say why and change nothing") {
    MemoryFiles files;
    App app(services(files));
    CHECK(app.apply(LabelDrawn{1}).error().code == "blank");
    CHECK(app.apply(LabelDrawing{"d-0001", 1}).error().code == "unknown-drawing");
    CHECK(app.apply(RemoveDrawing{"d-0001"}).error().code == "unknown-drawing");
    CHECK(app.apply(TestOnDrawings{"nobody"}).error().code == "no-drawings");
    CHECK(app.apply(ExportDrawings{ExportFormat::csv}).error().code == "no-drawings");
    ExperimentSpec spec = fine_tune_spec({}, "nobody");
    CHECK(app.apply(StartTraining{spec}).error().code == "unknown-model");
    spec.drawings = true;
    CHECK(app.apply(StartTraining{spec}).error().code == "no-drawings");
    draw_something(app);
    CHECK(app.apply(LabelDrawn{10}).error().code == "bad-label");
    CHECK(app.apply(LabelDrawn{-1}).error().code == "bad-label");
    CHECK(log_of(app).empty());
    REQUIRE(app.apply(LabelDrawn{0}));
    CHECK(app.apply(TestOnDrawings{"nobody"}).error().code == "unknown-model");
    CHECK(app.state().runs.empty());
}

TEST_CASE("a drawing that cannot be stored stays usable and is shown as not saved") {
    MemoryFiles memory;
    FaultyFiles files(memory);
    App app(services(files));
    files.writes_until_full = 0;
    draw_something(app);
    REQUIRE(app.apply(LabelDrawn{3}));
    CHECK(app.state().save.phase == SavePhase::failed);
    REQUIRE(log_of(app).size() == 1);
    REQUIRE(app.apply(ClearDrawing{}));
    draw_something(app, 9);
    REQUIRE(app.apply(LabelDrawn{4}));
    REQUIRE(log_of(app).size() == 2);
    CHECK(log_of(app)[0]->id != log_of(app)[1]->id);
    CHECK(log_of(App(services(memory))).empty());

    files.writes_until_full = -1;
    REQUIRE(app.apply(LabelDrawing{log_of(app)[0]->id, 5}));
    settle(app);
    CHECK(app.state().save.phase == SavePhase::saved);
    CHECK(log_of(app).size() == 2);
    CHECK(log_of(App(services(memory))).size() == 2);
    REQUIRE(app.apply(RemoveDrawing{log_of(app)[1]->id}));
    CHECK(log_of(app).size() == 1);
}

TEST_CASE("a test on the user's drawings counts one answer per label") {
    MemoryFiles files;
    App app(services(files));
    train(app);
    for (int i = 0; i < 4; ++i) {
        draw_something(app, i);
        settle(app);
        // The first two labels agree with the model, the others do not.
        const int answer = app.state().draw.reading.digits.at(0).answers.at(0).digit;
        REQUIRE(app.apply(LabelDrawn{i < 2 ? answer : (answer + 1) % 10}));
        REQUIRE(app.apply(ClearDrawing{}));
    }
    draw_something(app, 8);
    REQUIRE(app.apply(ClearDrawing{}));  // without a label
    REQUIRE(app.apply(TestOnDrawings{app.state().models[0]}));
    CHECK(app.busy());
    settle(app);
    const auto& test = app.state().drawings.test;
    REQUIRE(test);
    CHECK(test->done == 4);
    CHECK(test->total == 4);
    CHECK(test->result.accuracy == 0.5);
    CHECK(test->result.loss > 0);
    int counted = 0;
    for (const int cell : test->result.confusion) counted += cell;
    CHECK(counted == 4);
    CHECK(app.state().drawings.accuracy[0].right == 2);
}

TEST_CASE("training on corrections starts from a model, makes a new run and measures its effect") {
    MemoryFiles files;
    std::string parent, child;
    {
        App app(services(files));
        train(app, quick_spec("mlp", 3));
        parent = app.state().models[0];
        for (int i = 0; i < 12; ++i) {
            draw_something(app, i);
            REQUIRE(app.apply(LabelDrawn{8}));
            REQUIRE(app.apply(ClearDrawing{}));
        }
        ExperimentSpec spec = fine_tune_spec({}, parent);
        spec.drawings = true;
        spec.epochs = 8;
        spec.batch_size = 16;
        spec.subset = 200;
        spec.validation_count = 50;
        spec.learning_rate = 0.002F;
        REQUIRE(app.apply(StartTraining{spec}));
        settle(app);
        child = app.state().training().run_id;
        REQUIRE(app.state().models.size() == 2);
        CHECK(app.state().save.phase == SavePhase::saved);
    }
    const App again(services(files));
    const Run* run = find_run(again.state(), child);
    REQUIRE(run);
    CHECK(run->status == RunStatus::finished);
    CHECK(run->spec.architecture.id == "mlp");
    CHECK(run->spec.start_from == parent);
    CHECK(run->spec.drawings);
    REQUIRE(run->fine_tune);
    CHECK(run->fine_tune->parent == parent);
    CHECK(run->fine_tune->parent_name == "model_mlp_run1");
    CHECK(run->fine_tune->parent_test_accuracy == find_run(again.state(), parent)->test->accuracy);
    CHECK(run->fine_tune->trained.count == 10);
    CHECK(run->fine_tune->held_out.count == 2);  // d-0005 and d-0010
    CHECK(run->fine_tune->trained.right_before.value() < 5);
    CHECK(run->fine_tune->trained.right_after == 10);
    CHECK(run->fine_tune->held_out.right_after == 2);
    CHECK(run->test->accuracy > 0.9);
    CHECK(run->weights_hash != find_run(again.state(), parent)->weights_hash);
}

TEST_CASE("a run can start from a model without drawings, but not from one with other layers") {
    MemoryFiles files;
    App app(services(files));
    train(app, quick_spec("mlp", 1));
    ExperimentSpec spec = quick_spec("mlp", 1);
    spec.start_from = app.state().models[0];
    train(app, spec);
    const Run* run = find_run(app.state(), app.state().training().run_id);
    REQUIRE(run);
    REQUIRE(run->fine_tune);
    CHECK(run->fine_tune->trained.count == 0);
    CHECK(run->epochs[0].train_accuracy > find_run(app.state(), spec.start_from)->epochs[0].train_accuracy);
    spec = quick_spec("softmax", 1);
    spec.start_from = app.state().models[0];
    CHECK(app.apply(StartTraining{spec}).error().code == "bad-spec");
}

TEST_CASE("few drawings are all trained on, and of many every fifth is always held out") {
    std::vector<Drawing> drawings;
    for (int number = 1; number <= 9; ++number) drawings.push_back(sample_drawing(number, 1));
    drawings.push_back(sample_drawing(10));
    DrawingSplit split = split_drawings(list_of(drawings));
    CHECK(split.trained.size() == 9);
    CHECK(split.held_out.empty());
    for (int number = 11; number <= 30; ++number) drawings.push_back(sample_drawing(number, 1));
    split = split_drawings(list_of(drawings));
    CHECK(split.trained.size() == 24);
    REQUIRE(split.held_out.size() == 5);
    CHECK(split.held_out[0]->id == "d-0005");
    CHECK(split.held_out[4]->id == "d-0030");
    CHECK(dataset_of(split.trained).rows() == 24);
}

TEST_CASE("why: the map follows drawing, model and class, and similar training images are found") {
    MemoryFiles files;
    App app(services(files));
    train(app, quick_spec("mlp", 3));
    draw_something(app);
    settle(app);
    CHECK(app.state().why.explained.empty());  // nothing is computed while it is hidden
    REQUIRE(app.apply(ShowWhy{true}));
    CHECK(app.works_in_update());
    settle(app);
    const WhyState& why = app.state().why;
    const Answer answer = app.state().draw.reading.digits.at(0).answers.at(0);
    CHECK(why.explained == app.state().models[0]);
    CHECK(why.explained_digit == answer.digit);
    CHECK(std::abs(why.probability - answer.probabilities[static_cast<std::size_t>(answer.digit)]) < 1e-4F);
    CHECK(why.share_done == 1);
    CHECK(std::ranges::any_of(why.effect, [](float effect) { return effect != 0; }));
    REQUIRE(why.similar.size() == similar_pictures);
    CHECK(why.looked_at == 400);
    CHECK(why.similar[0].distance <= why.similar[4].distance);

    const auto before = why.effect;
    const int other = (answer.digit + 1) % 10;
    REQUIRE(app.apply(ExplainDigit{other}));
    settle(app);
    CHECK(why.explained_digit == other);
    CHECK(why.effect != before);
    REQUIRE(app.apply(DrawLine{{60, 300}, {160, 300}, 36}));
    settle(app);
    CHECK(why.pixels == app.state().draw.reading.digits.at(0).prepared.pixels);
    REQUIRE(app.apply(ClearDrawing{}));
    settle(app);
    CHECK(why.explained.empty());
    CHECK(why.similar.empty());
}

TEST_CASE("why: a deleted model is no longer explained") {
    MemoryFiles files;
    App app(services(files));
    train(app, quick_spec("mlp", 1));
    train(app, quick_spec("softmax", 1));
    draw_something(app);
    REQUIRE(app.apply(ShowWhy{true}));
    REQUIRE(app.apply(ExplainModel{app.state().models[1]}));
    settle(app);
    CHECK(app.state().why.explained == app.state().models[1]);
    REQUIRE(app.apply(DeleteRun{app.state().models[1]}));
    settle(app);
    REQUIRE(app.state().models.size() == 1);
    CHECK(app.state().why.explained == app.state().models[0]);
    CHECK(app.state().why.share_done == 1);
}
