// The commands train, continue and sweep.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <string_view>
#include <thread>
#include <utility>

#include "app/sweep_monitor.h"
#include "base/json_reader.h"
#include "commands.h"
#include "data_option.h"
#include "named_models.h"
#include "open_app.h"
#include "progress_bar.h"

namespace digitlab::cli {

namespace {

volatile std::sig_atomic_t interrupted = 0;

Result<Json> read_json_file(const std::string& path) {
    const auto bytes = read_bytes(path);
    if (!bytes) return tl::unexpected(bytes.error());
    auto json = parse_json(std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()));
    if (!json) return fail(json.error().code, path + ": " + json.error().message);
    return json;
}

Result<ExperimentSpec> spec_of(const Options& options) {
    auto json = options.spec_file.empty() ? Result<Json>(Json::object()) : read_json_file(options.spec_file);
    if (!json) return tl::unexpected(json.error());
    if (json->is_object()) json->update(options.spec);
    return spec_from_json(*json);
}

/// Shows one run after the other. Ctrl-C stops the runs that train and empties the queue.
void wait_for_end(App& app) {
    ProgressBar bar;
    std::string shown;
    std::size_t epochs_shown = 0;
    const auto previous = std::signal(SIGINT, [](int) { interrupted = 1; });
    const auto live = [&] {
        return std::ranges::any_of(app.state().trainings, [](const TrainingState& one) { return !one.ended(); });
    };
    while (live() || app.state().save.phase == SavePhase::saving) {
        if (interrupted) {
            std::vector<std::string> ids;
            for (const TrainingState& one : app.state().trainings) {
                if (!one.ended() && !one.stopping) ids.push_back(one.run_id);
            }
            // Stop the queued ones first, so that none of them begins.
            for (auto id = ids.rbegin(); id != ids.rend(); ++id) (void)app.apply(StopTraining{*id});
        }
        if (!app.update(0.1)) std::this_thread::sleep_for(std::chrono::milliseconds(20));
        const TrainingState& training = app.state().training();
        if (training.run_id != shown) {
            shown = training.run_id;
            epochs_shown = 0;
        }
        for (; epochs_shown < training.epochs.size(); ++epochs_shown) bar.epoch_done(training.epochs[epochs_shown]);
        bar.show(training.progress);
    }
    bar.clear();
    std::signal(SIGINT, previous);
}

/// Fails with "not-saved" if not everything was saved; `what` is "run" or "runs".
Status kept(const State& state, const char* what) {
    if (state.save.phase == SavePhase::saved) return {};
    return fail("not-saved", "The " + std::string(what) + " could not be kept: " + state.save.message);
}

Outcome run_outcome(const Run& run, const State& state, bool json) {
    if (!json && run.test) {
        std::printf("%s: test accuracy %s, %.1f s, id %s\n", run.name.c_str(), percent(run.test->accuracy).c_str(), run.secs,
                    run.id.c_str());
    }
    if (run.status == RunStatus::failed) return {to_json(run), fail("failed", run.failure)};
    return {to_json(run), kept(state, "run")};
}

/// Gives the app the data set of the options, or else the one `wanted`, and returns its id.
Result<std::string> give_data(App& app, const Options& options, const std::string& wanted) {
    Options chosen = options;
    if (chosen.dataset.empty()) chosen.dataset = wanted;
    auto data = read_data(chosen);
    if (!data) return tl::unexpected(data.error());
    if (Status given = app.apply(ReportDataReady{data->pair, data->id}); !given) return tl::unexpected(given.error());
    return data->id;
}

/// Replaces `start_from`, a run's name or the path of a ready-made model's file, with the id. Reads the file.
Status find_start(App& app, std::string& start_from) {
    if (start_from.empty()) return {};
    if (const Run* run = find_named_run(app.state(), start_from)) {
        start_from = run->id;
        return {};
    }
    auto file = read_bytes(start_from);
    if (!file) return fail("unknown-model", "\"" + start_from + "\" is neither a run nor the file of a ready-made model.");
    if (Status added = app.apply(AddReadyModel{std::move(*file)}); !added) return added;
    start_from = app.state().ready_models.back().id;
    return {};
}

/// Reads "2/8" as the second of eight shards. Fails with "bad-argument".
Status read_shard(const std::string& text, StartSweep& command) {
    int number = 0, count = 0, used = 0;
    const bool sound = std::sscanf(text.c_str(), "%d/%d%n", &number, &count, &used) == 2 &&
                       used == static_cast<int>(text.size()) && count >= 1 && number >= 1 && number <= count;
    if (!sound) return fail("bad-argument", "A shard is written as 1/4, 2/4, 3/4 or 4/4, not \"" + text + "\".");
    command.shard = number - 1;
    command.shards = count;
    return {};
}

Outcome sweep_outcome(const std::vector<const Run*>& runs, const State& state, bool json) {
    Json list = Json::array();
    for (const Run* run : runs) {
        list.push_back(to_json(*run));
        if (json) continue;
        std::printf("%8s validation  %s  %-28s %-9s %s\n", percent(best_validation_accuracy(*run)).c_str(),
                    run->test ? (percent(run->test->accuracy) + " test").c_str() : "no test", run->name.c_str(),
                    to_string(run->status).c_str(), dump_json(run->sweep->values).c_str());
    }
    return {std::move(list), kept(state, "runs")};
}

}  // namespace

Outcome train(const Options& options) {
    auto spec = spec_of(options);
    if (!spec) return tl::unexpected(spec.error());
    const auto opened = open_app(options, StoreUse::read_write, ModelUse::answering);
    if (!opened) return tl::unexpected(opened.error());
    App& app = *opened->app;
    const auto dataset = give_data(app, options, spec->dataset);
    if (!dataset) return tl::unexpected(dataset.error());
    spec->dataset = *dataset;
    if (Status found = find_start(app, spec->start_from); !found) return tl::unexpected(found.error());
    if (Status started = app.apply(StartTraining{*spec}); !started) return tl::unexpected(started.error());
    const std::string id = app.state().runs.back().id;
    wait_for_end(app);
    return run_outcome(*find_run(app.state(), id), app.state(), options.json);
}

Outcome continue_run(const Options& options) {
    const auto opened = open_app(options, StoreUse::read_write, ModelUse::answering);
    if (!opened) return tl::unexpected(opened.error());
    App& app = *opened->app;
    const Run* run = find_named_run(app.state(), options.models.front());
    const std::string id = run ? run->id : options.models.front();
    if (const auto given = give_data(app, options, run ? run->spec.dataset : mnist_id); !given) {
        return tl::unexpected(given.error());
    }
    if (Status continued = app.apply(ContinueRun{id}); !continued) return tl::unexpected(continued.error());
    wait_for_end(app);
    return run_outcome(*find_run(app.state(), id), app.state(), options.json);
}

Outcome sweep(const Options& options) {
    const auto json = read_json_file(options.sweep_file);
    if (!json) return tl::unexpected(json.error());
    auto wanted = sweep_from_json(*json);
    if (!wanted) return tl::unexpected(wanted.error());
    std::string dataset_id = mnist_id;
    JsonReader base(wanted->base, {"bad-sweep", "\"base\": "});
    base.optional("dataset", dataset_id);
    if (!base.ok()) return tl::unexpected(base.status().error());
    StartSweep command;
    if (!options.shard.empty()) {
        if (Status read = read_shard(options.shard, command); !read) return tl::unexpected(read.error());
    }
    command.sweep = std::move(*wanted);
    const auto opened = open_app(options, StoreUse::read_write, ModelUse::answering);
    if (!opened) return tl::unexpected(opened.error());
    App& app = *opened->app;
    const auto dataset = give_data(app, options, dataset_id);
    if (!dataset) return tl::unexpected(dataset.error());
    if (*dataset != mnist_id) command.sweep->base["dataset"] = *dataset;
    if (Status set = app.apply(SetAtOnce{options.at_once}); !set) return tl::unexpected(set.error());
    if (Status started = app.apply(command); !started) return tl::unexpected(started.error());
    const Run* last = app.state().runs.empty() ? nullptr : &app.state().runs.back();
    const std::string name = last && last->sweep ? last->sweep->name : "";
    wait_for_end(app);
    return sweep_outcome(ranked_runs(app.state(), name), app.state(), options.json);
}

}  // namespace digitlab::cli
