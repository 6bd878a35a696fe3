// Runs in a queue, at the same time, step by step, and continued after the page was closed.

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <new>
#include <thread>
#include <utility>

#include "app/app.h"
#include "app/presets.h"
#include "app/settle.h"
#include "nn/model_file.h"
#include "store/history.h"
#include "store/memory_files.h"
#include "train/session_kinds.h"
#include "train/stripes.h"

using namespace digitlab;

namespace {

const Run& newest(const App& app) { return app.state().runs.back(); }

TrainingSession::Kind any_kind() { return GENERATE(from_range(session_kinds())); }

std::string start(App& app, const ExperimentSpec& spec) {
    REQUIRE(app.apply(StartTraining{spec}));
    return newest(app).id;
}

}  // namespace

TEST_CASE("runs wait in a queue and train one after the other", "[threads]") {
    MemoryFiles files;
    App app(services(files, 2, any_kind()));
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    const std::string first = start(app, quick_spec("mlp", 30));
    const std::string second = start(app, quick_spec("softmax", 2));
    const std::string third = start(app, quick_spec("softmax", 3));
    CHECK(find_training(app.state(), first)->active);
    CHECK(find_training(app.state(), second)->queued);
    CHECK(find_run(app.state(), third)->status == RunStatus::queued);
    CHECK(app.state().training().run_id == first);

    REQUIRE(app.apply(StopTraining{second}));  // removed from the queue without a trace
    CHECK(find_run(app.state(), second) == nullptr);
    settle(app);
    CHECK(find_run(app.state(), first)->status == RunStatus::finished);
    CHECK(find_run(app.state(), third)->status == RunStatus::finished);
    CHECK(app.state().training().run_id == third);
    CHECK(app.state().trainings.size() == 1);
}

TEST_CASE("several runs at once share the threads and end with the same weights as alone", "[threads]") {
    MemoryFiles files;
    App app(services(files, 3, any_kind()));
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(SetAtOnce{2}));
    CHECK(app.apply(SetAtOnce{0}).error().code == "bad-argument");
    CHECK(app.apply(SetAtOnce{5}).error().code == "bad-argument");
    const std::string first = start(app, quick_spec("mlp", 8));
    const std::string second = start(app, quick_spec("softmax", 12));
    const std::string third = start(app, quick_spec("mlp", 8));
    CHECK(app.state().active_trainings() == 2);
    CHECK(find_training(app.state(), third)->queued);
    settle(app);
    for (const std::string& id : {first, second, third}) CHECK(find_run(app.state(), id)->status == RunStatus::finished);
    CHECK(find_run(app.state(), first)->weights_hash == find_run(app.state(), third)->weights_hash);
    CHECK(find_run(app.state(), first)->weights_hash != find_run(app.state(), second)->weights_hash);
}

TEST_CASE("a stopped or paused run does not hold up the others", "[threads]") {
    MemoryFiles files;
    App app(services(files, 2, any_kind()));
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(SetAtOnce{2}));
    const std::string held = start(app, quick_spec("mlp", 1000));
    const std::string other = start(app, quick_spec("softmax", 3));
    REQUIRE(app.apply(PauseTraining{held}));
    wait_until(app, [&] { return find_run(app.state(), other)->status == RunStatus::finished; });
    CHECK(find_run(app.state(), held)->status == RunStatus::running);
    REQUIRE(app.apply(StopTraining{held}));
    settle(app);
    CHECK(find_run(app.state(), held)->status == RunStatus::stopped);
    CHECK(app.apply(PauseTraining{held}).error().code == "not-training");
}

TEST_CASE("a run can train step by step", "[threads]") {
    MemoryFiles files;
    App app(services(files, 2, any_kind()));
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    const std::string id = start(app, quick_spec("softmax", 1000));
    CHECK(app.busy());
    REQUIRE(app.apply(PauseTraining{}));
    CHECK(app.busy());
    wait_until(app, [&] { return app.state().training().stands_still; });
    settle(app);  // a run that stands still needs no updates
    CHECK(app.state().training().active);
    const auto place = [&] {
        const TrainingProgress& now = app.state().training().progress;
        return std::pair(now.epoch, now.batch);
    };
    const auto done = [&] { return (place().first - 1) * app.state().training().progress.batches + place().second; };
    const int before = done();
    /// Performs the step, and returns how many batches are done when it has ended.
    const auto after_step = [&](StepUnit unit) {
        const auto from = place();
        REQUIRE(app.apply(StepTraining{unit}));
        // Not by `done`: the end of an epoch, with its validation to come, and the start of the next are as many batches.
        wait_until(app, [&] { return app.state().training().stands_still && place() != from; });
        return done();
    };
    CHECK(after_step(StepUnit::batch) == before + 1);
    CHECK(after_step(StepUnit::batch) == before + 2);  // would be further on if training had continued
    const std::size_t epochs = app.state().training().epochs.size();
    after_step(StepUnit::epoch);
    CHECK(app.state().training().epochs.size() == epochs + 1);
    CHECK(app.state().training().progress.batch == 0);
    CHECK(app.state().training().paused);

    settle(app);
    REQUIRE(app.apply(SetLearningRate{0.5F}));
    CHECK(app.busy());
    CHECK(app.apply(SetLearningRate{0}).error().code == "bad-spec");
    CHECK(app.state().training().learning_rate == 0.5F);
    REQUIRE(app.apply(StepTraining{StepUnit::batch}));
    wait_until(app, [&] { return !app.state().training().rate_changes.empty(); });
    REQUIRE(app.apply(StopTraining{}));
    settle(app);
    REQUIRE(find_run(app.state(), id)->rate_changes.size() == 1);
    CHECK(find_run(app.state(), id)->rate_changes[0].rate == 0.5F);
}

TEST_CASE("training rests while a stroke is drawn, and resumes by itself") {
    MemoryFiles files;
    std::atomic<double> later = 0;  // puts the slow clock forward, so that the rest does not depend on the machine
    App app({files, [&] { return monotonic_secs() / 10 + later; }, [] { return 1.7e9; }, Environment{"native", "test", 1},
             any_kind()});
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    start(app, quick_spec("mlp", 1000));
    const auto done = [&] {
        const TrainingProgress& progress = app.state().training().progress;
        return progress.epoch * progress.batches + progress.batch;
    };
    wait_until(app, [&] { return done() > 20; });
    REQUIRE(app.apply(BeginStroke{}));
    REQUIRE(app.apply(DrawLine{{10, 10}, {50, 50}, 20}));
    wait_until(app, [&] { return app.state().training().stands_still; });
    const int before = done();
    look(app);
    CHECK(done() == before);
    CHECK_FALSE(app.state().training().paused);
    later = later + 0.3;
    REQUIRE(app.apply(DrawLine{{50, 50}, {80, 50}, 20}));
    later = later + 0.3;
    look(app);
    CHECK(app.state().training().stands_still);
    CHECK(done() == before);
    later = later + 0.2;
    wait_until(app, [&] { return done() > before; });
    // A stop does not wait for the end of the rest.
    REQUIRE(app.apply(DrawLine{{80, 50}, {90, 50}, 20}));
    REQUIRE(app.apply(StopTraining{}));
    settle(app);
    CHECK(newest(app).status == RunStatus::stopped);
}

TEST_CASE("a run whose page was closed can be continued to the same result") {
    MemoryFiles files;
    const ExperimentSpec spec = quick_spec("mlp", 12);
    std::string id, queued;
    {
        App app(services(files));
        REQUIRE(app.apply(ReportDataReady{stripes()}));
        id = start(app, spec);
        queued = start(app, quick_spec("softmax", 2));
        wait_until(app, [&] { return app.state().training().epochs.size() >= 3; });
        REQUIRE(find_run(app.state(), id)->status == RunStatus::running);
    }  // in the middle of an epoch, with another one waiting
    App app(services(files));
    const Run interrupted = *find_run(app.state(), id);
    CHECK(interrupted.status == RunStatus::stopped);
    CHECK(can_continue(interrupted));
    CHECK_FALSE(interrupted.checkpoint_file.empty());
    CHECK(can_continue(*find_run(app.state(), queued)));

    REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(ContinueRun{id}));
    CHECK(app.apply(ContinueRun{id}).error().code == "busy");
    REQUIRE(app.apply(ContinueRun{queued}));
    settle(app);
    const Run continued = *find_run(app.state(), id);
    CHECK(continued.status == RunStatus::finished);
    CHECK(continued.epochs.size() == 12);
    CHECK(continued.checkpoint_file.empty());
    CHECK(files.list("checkpoints").empty());
    CHECK(find_run(app.state(), queued)->status == RunStatus::finished);
    CHECK(app.apply(ContinueRun{id}).error().code == "cannot-continue");

    MemoryFiles other_files;
    App undisturbed(services(other_files));
    REQUIRE(undisturbed.apply(ReportDataReady{stripes()}));
    const std::string whole = start(undisturbed, spec);
    settle(undisturbed);
    CHECK(find_run(undisturbed.state(), whole)->weights_hash == continued.weights_hash);
    CHECK(find_run(undisturbed.state(), whole)->test->accuracy == continued.test->accuracy);
}

TEST_CASE("several runs at once never ask for more threads than a page has", "[threads]") {
    if (!has_threads()) SKIP("This build has no threads.");
    const int threads = GENERATE(1, 6, 8, 12);
    MemoryFiles files;
    const ThreadLimit limit(1000);
    App app(services(files, threads));
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(SetAtOnce{GENERATE(2, 3, 4)}));
    std::vector<std::string> ids;
    for (int i = 0; i < 6; ++i) ids.push_back(start(app, quick_spec("mlp", 2)));
    settle(app);
    for (const std::string& id : ids) {
        CHECK(find_run(app.state(), id)->status == RunStatus::finished);
        CHECK(find_run(app.state(), id)->weights_hash == find_run(app.state(), ids[0])->weights_hash);
    }
    CHECK(limit.most_seen() <= std::max(threads, most_at_once) + threads + 1);  // `workersFor` in web/loader.js
}

TEST_CASE("runs that get too few threads still train, and those that get none say so", "[threads]") {
    if (!has_threads()) SKIP("This build has no threads.");
    MemoryFiles files;
    App app(services(files, 8));
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(SetAtOnce{2}));
    std::string first, second;
    {
        const ThreadLimit limit(1);
        first = start(app, quick_spec("mlp", 1000));
        second = start(app, quick_spec("mlp", 3));
        CHECK(find_run(app.state(), second)->status == RunStatus::failed);
        CHECK(find_run(app.state(), second)->failure.find("thread") != std::string::npos);
        wait_until(app, [&] { return app.state().training().epochs.size() >= 2; });
    }
    REQUIRE(app.apply(StopTraining{first}));
    settle(app);
    CHECK(find_run(app.state(), first)->status == RunStatus::stopped);
}

TEST_CASE("a run that runs out of memory is kept up to its last epoch, and the others continue", "[threads]") {
    if (!has_threads()) SKIP("This build has no threads.");
    MemoryFiles files;
    std::atomic<bool> fails = false;
    std::string id;
    std::size_t epochs = 0;
    {
        App::Services broken = services(files);
        broken.clock = [&, main = std::this_thread::get_id()] {
            if (std::this_thread::get_id() != main && fails.exchange(false)) throw std::bad_alloc();
            return monotonic_secs();
        };
        App app(broken);
        REQUIRE(app.apply(ReportDataReady{stripes()}));
        REQUIRE(app.apply(SetAtOnce{2}));
        id = start(app, quick_spec("mlp", 1000));
        wait_until(app, [&] { return app.state().training().epochs.size() >= 3; });
        fails = true;
        wait_until(app, [&] { return find_run(app.state(), id)->status == RunStatus::failed; });
        epochs = find_run(app.state(), id)->epochs.size();
        CHECK(find_run(app.state(), id)->failure.find("memory") != std::string::npos);
        REQUIRE(app.state().notices.size() == 1);
        CHECK(app.state().notices[0].is_error);
        const std::string next = start(app, quick_spec("softmax", 2));
        settle(app);
        CHECK(find_run(app.state(), next)->status == RunStatus::finished);
    }
    App again(services(files));
    const Run kept = *find_run(again.state(), id);
    CHECK(kept.status == RunStatus::failed);
    CHECK(kept.epochs.size() == epochs);
    CHECK(again.state().models.size() == 2);

    // The stored model is that of the last epoch.
    ExperimentSpec spec = quick_spec("mlp", 1000);
    ThreadPool pool(1);
    const auto trainer = Trainer::create(spec, stripes(), pool, monotonic_secs).value();
    while (trainer->epochs().size() < epochs) REQUIRE(trainer->step());
    CHECK(kept.weights_hash == weights_hash(trainer->model()));
    History history(files);
    CHECK(encode_model(history.model(id).value(), Precision::half) ==
          encode_model(half_precision(trainer->model()), Precision::half));
}

TEST_CASE("a run that cannot be continued now can be continued later", "[threads]") {
    if (!has_threads()) SKIP("This build has no threads.");
    MemoryFiles files;
    App app(services(files));
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    const std::string id = start(app, quick_spec("mlp", 1000));
    wait_until(app, [&] { return app.state().training().epochs.size() >= 2; });
    REQUIRE(app.apply(StopTraining{id}));
    settle(app);
    const std::size_t epochs = find_run(app.state(), id)->epochs.size();
    {
        const ThreadLimit none(0);
        REQUIRE(app.apply(ContinueRun{id}));
    }
    const Run& run = *find_run(app.state(), id);
    CHECK(can_continue(run));
    CHECK(run.failure.find("thread") != std::string::npos);
    CHECK(run.epochs.size() == epochs);
    CHECK_FALSE(run.checkpoint_file.empty());
}

TEST_CASE("a run with a damaged checkpoint reports it and stays as it is") {
    MemoryFiles files;
    std::string id;
    {
        App app(services(files));
        REQUIRE(app.apply(ReportDataReady{stripes()}));
        id = start(app, quick_spec("mlp", 1000));
        wait_until(app, [&] { return app.state().training().epochs.size() >= 2; });
    }
    const std::string path = files.list("checkpoints").at(0);
    Bytes bytes = files.read(path).value();
    bytes[bytes.size() / 2] ^= 1;
    REQUIRE(files.remove(path));
    REQUIRE(files.write(path, bytes));
    App app(services(files));
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    CHECK(app.apply(ContinueRun{id}).error().code == "bad-model");
    CHECK(find_run(app.state(), id)->status == RunStatus::stopped);
    CHECK(app.state().trainings.empty());
}

TEST_CASE("every preset fills in a form that can be started") {
    MemoryFiles files;
    App app(services(files));
    for (const Preset& preset : presets()) {
        INFO(preset.id);
        REQUIRE(app.apply(ChoosePreset{preset.id}));
        CHECK(app.state().form.preset == preset.id);
        CHECK(app.state().form.problem.empty());
        CHECK(spec_from_form(app.state().form).value() == preset_spec(preset.id).value());
    }
    CHECK(app.apply(ChoosePreset{"nothing"}).error().code == "unknown-preset");
}

namespace {

/// Takes the request to copy settings, and returns the text for the clipboard.
std::string take_copied(App& app) {
    REQUIRE(app.state().requests.waiting().size() == 1);
    const PlatformRequest request = app.state().requests.waiting().front();
    REQUIRE(app.apply(RequestTaken{request.id}));
    return std::get<CopySettings>(request.action).text;
}

}  // namespace

TEST_CASE("copied settings fill in the form again") {
    MemoryFiles files;
    App app(services(files));
    REQUIRE(app.apply(ChoosePreset{"noisy-labels"}));
    TrainForm form = app.state().form;
    form.spec.early_stopping = {4, EarlyStopping::Metric::loss};
    form.spec.dropout = 0.25F;
    form.spec.seed = 77;
    REQUIRE(app.apply(EditForm{form}));
    const ExperimentSpec copied = spec_from_form(app.state().form).value();
    REQUIRE(app.apply(CopySpec{CopyFormat::link}));
    const std::string text = take_copied(app);

    REQUIRE(app.apply(ChoosePreset{"race"}));
    REQUIRE(app.apply(OpenSpec{text}));
    CHECK(spec_from_form(app.state().form).value() == copied);

    const ExperimentSpec before = spec_from_form(app.state().form).value();
    CHECK(app.apply(OpenSpec{"{\"epochs\": "}).error().code == "bad-json");
    CHECK(app.apply(OpenSpec{"{\"epoch\": 3}"}).error().code == "bad-spec");
    CHECK(spec_from_form(app.state().form).value() == before);

    // The settings include a custom network.
    REQUIRE(app.apply(CopyArchitecture{}));
    REQUIRE(app.apply(RemoveLayer{0}));
    const ExperimentSpec own = spec_from_form(app.state().form).value();
    REQUIRE(app.apply(CopySpec{CopyFormat::json}));
    const std::string own_text = take_copied(app);
    REQUIRE(app.apply(ChoosePreset{"quick-look"}));
    REQUIRE(app.apply(OpenSpec{own_text}));
    CHECK(spec_from_form(app.state().form).value() == own);
}
