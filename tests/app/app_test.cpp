#include "app/app.h"
#include "app/settle.h"

#include <catch2/catch_test_macros.hpp>
#include <utility>

#include "base/clock.h"
#include "store/history.h"
#include "store/memory_files.h"
#include "train/stripes.h"

using namespace digitlab;

namespace {

/// Draws the stripe that `striped_rows` has for class `label`.
void draw_stripe(App& app, int label) {
    const float y = static_cast<float>(2 * label + 5) * 16;
    REQUIRE(app.apply(DrawLine{{20, y}, {420, y}, 36}));
}

}  // namespace

TEST_CASE("a program that asks no models reads none", "[app]") {
    /// Counts the models that are read.
    class CountingFiles : public MemoryFiles {
       public:
        Result<Bytes> read(const std::string& path) const override {
            if (path.starts_with("models/")) ++models_read;
            return MemoryFiles::read(path);
        }
        mutable int models_read = 0;
    };
    CountingFiles files;
    {
        App app(services(files));
        REQUIRE(app.apply(ReportDataReady{stripes()}));
        REQUIRE(app.apply(StartTraining{quick_spec()}));
        settle(app);
    }
    files.models_read = 0;
    App::Services only_lists = services(files);
    only_lists.loads_models = false;
    const App lists(std::move(only_lists));
    REQUIRE(lists.state().runs.size() == 1);
    CHECK(lists.state().models.empty());
    CHECK(files.models_read == 0);
    CHECK(lists.kept_model(lists.state().runs[0].id));
    CHECK(files.models_read == 1);
    const App answers(services(files));
    CHECK(answers.state().models.size() == 1);
}

TEST_CASE("a run waits for its data, trains, is tested and stored") {
    MemoryFiles files;
    App app(services(files));
    REQUIRE(app.apply(StartTraining{quick_spec()}));
    CHECK(app.state().training().waiting);
    CHECK(app.state().datasets.mnist().data.phase == DataPhase::requested);
    CHECK(std::ranges::count(app.state().requests.waiting(), PlatformAction(DownloadDataset{mnist_id}),
                             &PlatformRequest::action) == 1);

    REQUIRE(app.apply(ReportDataReady{stripes()}));
    CHECK_FALSE(app.state().training().waiting);
    settle(app);

    const Run* run = find_run(app.state(), app.state().training().run_id);
    REQUIRE(run);
    CHECK(run->status == RunStatus::finished);
    CHECK(run->name == "model_softmax_run1");
    CHECK(run->epochs.size() == 2);
    REQUIRE(run->test);
    CHECK(run->test->accuracy > 0.95);
    CHECK(app.state().save.phase == SavePhase::saved);
    CHECK(app.state().models == std::vector{run->id});
}

TEST_CASE("a reload finds the run, and its model answers at once") {
    MemoryFiles files;
    std::string id;
    {
        App app(services(files));
        REQUIRE(app.apply(ReportDataReady{stripes()}));
        REQUIRE(app.apply(StartTraining{quick_spec()}));
        settle(app);
        id = app.state().training().run_id;
    }
    App again(services(files));
    REQUIRE(find_run(again.state(), id));
    CHECK(again.state().models == std::vector{id});
    DigitPixels pixels{};
    std::fill_n(pixels.begin() + (2 * 7 + 4) * 28, 56, 1.0F);
    const auto answers = again.predict(pixels);
    REQUIRE(answers);
    REQUIRE(answers->size() == 1);
    CHECK(answers->front().digit == 7);

    const DigitPixels nothing{};
    CHECK(again.predict(nothing).error().code == "blank");
    DigitPixels grey;
    grey.fill(0.5F);
    CHECK(again.predict(grey).error().code == "blank");
    CHECK(again.predict(nothing, std::vector<std::string>{"r-none"}).error().code == "unknown-model");
    CHECK(again.read({2, 2, {9, 9, 9, 9}}).error().code == "blank");
}

TEST_CASE("every model answers a drawing, and none a blank one") {
    MemoryFiles files;
    App app(services(files));
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(StartTraining{quick_spec()}));
    settle(app);
    REQUIRE(app.apply(StartTraining{quick_spec("softmax", 1)}));
    settle(app);
    CHECK(app.state().draw.reading.digits.empty());

    draw_stripe(app, 3);
    CHECK(app.busy());
    settle(app);
    const ReadDigit* digit = selected_digit(app.state().draw);
    REQUIRE(digit);
    CHECK(digit->answers.size() == 2);
    CHECK(digit->consensus.models == 2);

    REQUIRE(app.apply(ClearDrawing{}));
    settle(app);
    CHECK(app.state().draw.reading.digits.empty());
}

TEST_CASE("a run can be paused, resumed and stopped, and keeps what it has learned") {
    MemoryFiles files;
    App app(services(files));
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(StartTraining{quick_spec("softmax", 1000)}));
    wait_until(app, [&] { return !app.state().training().epochs.empty(); });

    REQUIRE(app.apply(PauseTraining{}));
    wait_until(app, [&] { return app.state().training().stands_still; });
    const auto held = app.state().training().progress;
    app.update(0.01);
    CHECK(app.state().training().progress.epoch == held.epoch);
    CHECK(app.state().training().progress.batch == held.batch);

    REQUIRE(app.apply(ResumeTraining{}));
    const std::size_t epochs = app.state().training().epochs.size();
    wait_until(app, [&] { return app.state().training().epochs.size() > epochs; });

    REQUIRE(app.apply(StopTraining{}));
    settle(app);
    const Run* run = find_run(app.state(), app.state().training().run_id);
    REQUIRE(run);
    CHECK(run->status == RunStatus::stopped);
    CHECK(run->test);
    CHECK(run->epochs.size() < 1000);
    CHECK_FALSE(run->model_file.empty());
}

TEST_CASE("impossible commands say why and change nothing") {
    MemoryFiles files;
    App app(services(files));
    CHECK(app.apply(PauseTraining{}).error().code == "not-training");
    CHECK(app.apply(DeleteRun{"nobody"}).error().code == "unknown-run");
    ExperimentSpec bad = quick_spec();
    bad.epochs = 0;
    CHECK(app.apply(StartTraining{bad}).error().code == "bad-spec");
    CHECK(app.state().runs.empty());
    CHECK(app.state().datasets.mnist().data.phase == DataPhase::absent);

    REQUIRE(app.apply(StartTraining{quick_spec()}));
    CHECK(app.apply(DeleteRun{app.state().training().run_id}).error().code == "busy");
    app.perform({DeleteRun{app.state().training().run_id}});
    REQUIRE(app.state().notices.size() == 1);
    CHECK(app.state().notices[0].is_error);
}

TEST_CASE("a download can be cancelled, and the runs that wait for it stop") {
    MemoryFiles files;
    App app(services(files));
    REQUIRE(app.apply(CancelData{}));  // there is none
    CHECK(app.state().requests.waiting().empty());
    CHECK(app.apply(CancelData{"no-such"}).error().code == "unknown-dataset");

    REQUIRE(app.apply(StartTraining{quick_spec()}));
    REQUIRE(app.apply(StartTraining{quick_spec()}));
    const std::string first = app.state().training().run_id;
    // Also the request to keep what is stored.
    while (!app.state().requests.waiting().empty()) REQUIRE(app.apply(RequestTaken{app.state().requests.waiting()[0].id}));
    REQUIRE(app.apply(ReportDataProgress{1000, 5000}));
    REQUIRE(app.apply(CancelData{}));
    CHECK(app.state().datasets.mnist().data.phase == DataPhase::absent);
    CHECK(app.state().datasets.mnist().data.received_bytes == 0);
    REQUIRE(app.state().requests.waiting().size() == 1);
    CHECK(app.state().requests.waiting()[0].action == PlatformAction(CancelDownload{mnist_id}));
    REQUIRE(app.state().runs.size() == 1);  // the one in the queue has never begun
    CHECK(find_run(app.state(), first)->status == RunStatus::stopped);
    CHECK(app.state().notices.empty());
    settle(app);  // which ends only if nothing is awaited any more

    // Begun again before the platform has taken the request: the order of the requests is kept.
    REQUIRE(app.apply(RequestData{}));
    REQUIRE(app.state().requests.waiting().size() == 2);
    CHECK(app.state().requests.waiting()[1].action == PlatformAction(DownloadDataset{mnist_id}));
    REQUIRE(app.apply(CancelData{}));
    CHECK(app.state().requests.waiting().size() == 1);
    CHECK(app.state().datasets.mnist().data.phase == DataPhase::absent);
    REQUIRE(app.apply(RequestData{}));
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(CancelData{}));  // it has arrived
    CHECK(app.state().datasets.mnist().data.phase == DataPhase::ready);
}

TEST_CASE("when data does not arrive, the waiting run fails") {
    MemoryFiles files;
    App app(services(files));
    REQUIRE(app.apply(StartTraining{quick_spec()}));
    REQUIRE(app.apply(ReportDataFailed{"The download was cut off."}));
    const Run* run = find_run(app.state(), app.state().training().run_id);
    REQUIRE(run);
    CHECK(run->status == RunStatus::failed);
    CHECK_FALSE(app.state().training().active);
    REQUIRE(app.apply(RequestData{}));
    CHECK(app.state().datasets.mnist().data.phase == DataPhase::requested);
}

TEST_CASE("a full disk or a failed flush is shown, and the run and its model stay usable") {
    MemoryFiles memory;
    FaultyFiles files(memory);
    SECTION("no space") { files.writes_until_full = 0; }
    SECTION("flush fails") { files.flush_fails = true; }
    App app(services(files));
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(StartTraining{quick_spec("softmax", 1)}));
    settle(app);
    CHECK(app.state().save.phase == SavePhase::failed);
    CHECK_FALSE(app.state().save.message.empty());
    CHECK(app.state().runs.size() == 1);
    CHECK(app.state().models.size() == 1);

    REQUIRE(app.apply(StartTraining{quick_spec("softmax", 1)}));
    settle(app);
    REQUIRE(app.state().runs.size() == 2);
    CHECK(app.state().runs[0].id != app.state().runs[1].id);
    CHECK(app.state().runs[0].name != app.state().runs[1].name);
}

TEST_CASE("deleting a run removes its model and survives a reload") {
    MemoryFiles files;
    App app(services(files));
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(StartTraining{quick_spec("softmax", 1)}));
    settle(app);
    REQUIRE(app.apply(DeleteRun{app.state().training().run_id}));
    settle(app);
    CHECK(app.state().runs.empty());
    CHECK(app.state().models.empty());
    CHECK(files.list("").empty());
    const App again(services(files));
    CHECK(again.state().runs.empty());
}

TEST_CASE("a run whose page was closed is kept as stopped") {
    MemoryFiles files;
    {
        App app(services(files));
        REQUIRE(app.apply(ReportDataReady{stripes()}));
        REQUIRE(app.apply(StartTraining{quick_spec("softmax", 1000)}));
        wait_until(app, [&] { return !app.state().training().epochs.empty(); });
    }
    const App again(services(files));
    REQUIRE(again.state().runs.size() == 1);
    CHECK(again.state().runs[0].status == RunStatus::stopped);
    CHECK_FALSE(again.state().runs[0].epochs.empty());
    CHECK(again.state().models.size() == 1);
}

TEST_CASE("the form is checked as it changes, and a new architecture brings its defaults") {
    MemoryFiles files;
    App app(services(files));
    TrainForm form = app.state().form;
    form.spec.epochs = 0;
    REQUIRE(app.apply(EditForm{form}));
    CHECK_FALSE(app.state().form.problem.empty());
    form.spec.epochs = 7;
    REQUIRE(app.apply(EditForm{form}));
    CHECK(app.state().form.problem.empty());
    CHECK(app.state().form.spec.epochs == 7);
    form.architecture = "small-cnn";
    REQUIRE(app.apply(EditForm{form}));
    CHECK(app.state().form.spec.epochs == default_spec(*find_architecture("small-cnn")).epochs);
}

TEST_CASE("a ready-made model answers beside those of the runs, and a damaged one changes nothing") {
    MemoryFiles files;
    App app(services(files));
    ThreadPool pool(1);
    auto network = Network::create(find_architecture("mlp").value(), 1, NetworkUse::inference, pool).value();
    Model model = model_from_network(network);
    CHECK(app.apply(AddReadyModel{encode_model(model)}).error().code == "bad-model");  // has no id
    model.notes = {{"id", "champion"}, {"name", "Champion"}, {"testAccuracy", 0.99}};
    Bytes file = encode_model(model, Precision::half);
    REQUIRE(app.apply(AddReadyModel{file}));
    REQUIRE(app.apply(AddReadyModel{file}));
    CHECK(app.state().models == std::vector<std::string>{"champion"});
    REQUIRE(app.state().ready_models.size() == 1);
    CHECK(app.state().ready_models[0].test_accuracy == 0.99);
    CHECK(app.state().runs.empty());
    draw_stripe(app, 3);
    settle(app);
    REQUIRE(selected_digit(app.state().draw));
    CHECK(selected_digit(app.state().draw)->answers.size() == 1);

    file[40] ^= 1;
    CHECK(app.apply(AddReadyModel{file}).error().code == "bad-model");
    const std::pair<const char*, Json> wrong[] = {{"id", 1},          {"name", 1},       {"testAccuracy", "good"},
                                                  {"epochs", "many"}, {"dataset", 1},    {"classNames", {1, 2}},
                                                  {"epochs", 2.5},    {"calibration", 1}};
    for (const auto& [key, value] : wrong) {
        INFO(key);
        Model other = model;
        other.notes["id"] = "other";
        other.notes[key] = value;
        CHECK(app.apply(AddReadyModel{encode_model(other)}).error().code == "bad-model");
    }
    CHECK(app.state().models.size() == 1);
}
