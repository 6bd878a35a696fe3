#include "trainings.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <thread>

#include "app/sweep_desk.h"
#include "base/clock.h"
#include "base/thread_pool.h"
#include "data_option.h"
#include "platform/native/disk_files.h"
#include "progress_bar.h"

namespace digitlab::cli {

namespace {

volatile std::sig_atomic_t interrupted = 0;

Result<Json> read_json_file(const std::string& path) {
    std::ifstream file(path);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    return parse_json(text);
}

template <class T>
void set(Json& json, const char* key, const std::optional<T>& value) {
    if (value) json[key] = *value;
}

Result<ExperimentSpec> spec_of(const Options& options) {
    auto json = options.spec_file.empty() ? Result<Json>(Json::object()) : read_json_file(options.spec_file);
    if (!json) return tl::unexpected(json.error());
    if (!options.architecture.empty()) (*json)["architecture"] = options.architecture;
    if (!options.start_from.empty()) (*json)["startFrom"] = options.start_from;
    set(*json, "frozenLayers", options.frozen_layers);
    set(*json, "epochs", options.epochs);
    set(*json, "batchSize", options.batch_size);
    set(*json, "learningRate", options.learning_rate);
    set(*json, "optimizer", options.optimizer);
    set(*json, "schedule", options.schedule);
    set(*json, "labelSmoothing", options.label_smoothing);
    set(*json, "augmentation", options.augmentation);
    set(*json, "seed", options.seed);
    set(*json, "validationCount", options.validation_count);
    set(*json, "subset", options.subset);
    set(*json, "dropout", options.dropout);
    set(*json, "earlyStopping", options.patience);
    return spec_from_json(*json);
}

/// Shows one training after the other. Ctrl-C stops what trains and empties the queue.
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
            // Those in the queue first, lest they begin.
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

Status print_run(const Run& run, const State& state, bool json) {
    if (json) {
        std::printf("%s\n", dump_json(to_json(run), 2).c_str());
    } else if (run.test) {
        std::printf("%s: test accuracy %.2f %%, %.1f s, id %s\n", run.name.c_str(), 100 * run.test->accuracy, run.secs,
                    run.id.c_str());
    }
    if (run.status == RunStatus::failed) return fail("failed", run.failure);
    if (state.save.phase != SavePhase::saved) return fail("not-saved", "The run could not be kept: " + state.save.message);
    return {};
}

/// Gives the data set of the options, or else the one `wanted`; its id.
Result<std::string> give_data(App& app, const Options& options, const std::string& wanted) {
    Options chosen = options;
    if (chosen.dataset.empty()) chosen.dataset = wanted;
    auto data = read_data(chosen);
    if (!data) return tl::unexpected(data.error());
    if (Status given = app.apply(ReportDataReady{data->pair, data->id}); !given) return tl::unexpected(given.error());
    return data->id;
}

/// The id of the run of that id or name, or else `name` itself.
std::string id_of(const State& state, const std::string& name) {
    const auto found = std::ranges::find_if(state.runs, [&](const Run& run) { return run.id == name || run.name == name; });
    return found == state.runs.end() ? name : found->id;
}

/// Makes a run's name its id; the file of a ready-made model is read and becomes its id.
Status find_start(App& app, std::string& start_from) {
    start_from = id_of(app.state(), start_from);
    if (start_from.empty() || find_run(app.state(), start_from)) return {};
    std::ifstream file(start_from, std::ios::binary);
    if (!file) return fail("unknown-model", "\"" + start_from + "\" is neither a run nor the file of a ready-made model.");
    if (Status added = app.apply(AddReadyModel{Bytes(std::istreambuf_iterator<char>(file), {})}); !added) return added;
    start_from = app.state().ready_models.back().id;
    return {};
}

/// "2/8" as the second of eight. Code "bad-argument".
Status read_shard(const std::string& text, StartSweep& command) {
    int number = 0, count = 0, used = 0;
    const bool sound = std::sscanf(text.c_str(), "%d/%d%n", &number, &count, &used) == 2 &&
                       used == static_cast<int>(text.size()) && count >= 1 && number >= 1 && number <= count;
    if (!sound) return fail("bad-argument", "A shard is written as 1/4, 2/4, 3/4 or 4/4, not \"" + text + "\".");
    command.shard = number - 1;
    command.shards = count;
    return {};
}

void print_sweep(const std::vector<const Run*>& runs, bool json) {
    if (json) {
        Json list = Json::array();
        for (const Run* run : runs) list.push_back(to_json(*run));
        std::printf("%s\n", dump_json(list, 2).c_str());
        return;
    }
    for (const Run* run : runs) {
        std::printf("%6.2f %% validation  %s  %-28s %-9s %s\n", 100 * best_validation_accuracy(*run),
                    run->test ? (std::to_string(100 * run->test->accuracy).substr(0, 5) + " % test").c_str() : "no test",
                    run->name.c_str(), to_string(run->status).c_str(), dump_json(run->sweep->values).c_str());
    }
}

}  // namespace

int threads_to_use(const Options& options) { return options.threads > 0 ? options.threads : hardware_threads(); }

App::Services services(Files& files, const Options& options) {
    return {files, monotonic_secs, unix_secs, {"native", DIGITLAB_VERSION, threads_to_use(options)}};
}

Status train(const Options& options) {
    auto spec = spec_of(options);
    if (!spec) return tl::unexpected(spec.error());
    DiskFiles files(options.store_folder);
    App app(services(files, options));
    const auto dataset = give_data(app, options, spec->dataset);
    if (!dataset) return tl::unexpected(dataset.error());
    spec->dataset = *dataset;
    if (Status found = find_start(app, spec->start_from); !found) return found;
    if (Status started = app.apply(StartTraining{*spec}); !started) return started;
    const std::string id = app.state().runs.back().id;
    wait_for_end(app);
    return print_run(*find_run(app.state(), id), app.state(), options.json);
}

Status continue_run(const Options& options) {
    DiskFiles files(options.store_folder);
    App app(services(files, options));
    const std::string id = id_of(app.state(), options.models.front());
    const Run* run = find_run(app.state(), id);
    if (const auto given = give_data(app, options, run ? run->spec.dataset : mnist_id); !given) {
        return tl::unexpected(given.error());
    }
    if (Status continued = app.apply(ContinueRun{id}); !continued) return continued;
    wait_for_end(app);
    return print_run(*find_run(app.state(), id), app.state(), options.json);
}

Status sweep(const Options& options) {
    const auto json = read_json_file(options.sweep_file);
    if (!json) return tl::unexpected(json.error());
    auto wanted = sweep_from_json(*json);
    if (!wanted) return tl::unexpected(wanted.error());
    StartSweep command;
    if (!options.shard.empty()) {
        if (Status read = read_shard(options.shard, command); !read) return read;
    }
    command.sweep = std::move(*wanted);
    DiskFiles files(options.store_folder);
    App app(services(files, options));
    const auto dataset = give_data(app, options, command.sweep->base.value("dataset", std::string(mnist_id)));
    if (!dataset) return tl::unexpected(dataset.error());
    if (*dataset != mnist_id) command.sweep->base["dataset"] = *dataset;
    if (Status set = app.apply(SetAtOnce{options.at_once}); !set) return set;
    if (Status started = app.apply(command); !started) return started;
    const Run* last = app.state().runs.empty() ? nullptr : &app.state().runs.back();
    const std::string name = last && last->sweep ? last->sweep->name : "";
    wait_for_end(app);
    print_sweep(ranked_runs(app.state(), name), options.json);
    if (app.state().save.phase != SavePhase::saved) {
        return fail("not-saved", "The runs could not be kept: " + app.state().save.message);
    }
    return {};
}

}  // namespace digitlab::cli
