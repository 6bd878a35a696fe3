#include "store/run.h"

#include <array>
#include <utility>

#include "base/iso_time.h"

namespace digitlab {

namespace {

constexpr std::array statuses = {RunStatus::queued, RunStatus::running, RunStatus::finished, RunStatus::stopped,
                                 RunStatus::failed};

tl::unexpected<Error> bad_run(const std::string& problem) { return fail("bad-run", "This is not a run: " + problem); }

/// Every other error about the contents of a run has this code, whatever reader it came from.
tl::unexpected<Error> bad_run(const Error& error) { return bad_run(error.message); }

Status check_version(const Json& json) {
    int version = 0;
    if (Status ok = read_optional(json, "formatVersion", version); !ok) return bad_run(ok.error());
    if (version > run_format_version) {
        return fail("newer-version",
                    "This run was written by a newer version of Digit Lab. Reload the page to get that version.");
    }
    if (version < 1) return bad_run("it has no \"formatVersion\".");
    return {};
}

Status read_texts(const Json& json, Run& run) {
    for (const auto& [key, target] : {std::pair{"id", &run.id}, std::pair{"name", &run.name}}) {
        if (Status ok = read_optional(json, key, *target); !ok) return bad_run(ok.error());
        if (target->empty()) return bad_run("it has no \"" + std::string(key) + "\".");
    }
    if (Status ok = read_optional(json, "failure", run.failure); !ok) return bad_run(ok.error());
    if (Status ok = read_optional(json, "modelFile", run.model_file); !ok) return bad_run(ok.error());
    if (Status ok = read_optional(json, "weightsHash", run.weights_hash); !ok) return bad_run(ok.error());
    if (Status ok = read_optional(json, "checkpointFile", run.checkpoint_file); !ok) return bad_run(ok.error());
    return {};
}

Status read_status(const Json& json, Run& run) {
    std::string word;
    if (Status ok = read_optional(json, "status", word); !ok) return bad_run(ok.error());
    for (const RunStatus status : statuses) {
        if (to_string(status) != word) continue;
        run.status = status;
        return {};
    }
    return bad_run("its status \"" + word + "\" is unknown.");
}

Status read_spec(const Json& json, Run& run) {
    const auto given = json.find("spec");
    if (given == json.end()) return bad_run("it has no \"spec\".");
    auto spec = spec_from_json(*given);
    if (!spec) return bad_run(spec.error());
    run.spec = std::move(*spec);
    return {};
}

Status read_numbers(const Json& json, Run& run) {
    std::uint64_t parameters = 0;
    if (Status ok = read_optional(json, "parameters", parameters); !ok) return bad_run(ok.error());
    run.parameters = static_cast<std::size_t>(parameters);
    if (Status ok = read_optional(json, "secs", run.secs); !ok) return bad_run(ok.error());
    if (Status ok = read_optional(json, "bestEpoch", run.best_epoch); !ok) return bad_run(ok.error());
    std::string started;
    if (Status ok = read_optional(json, "startedAt", started); !ok) return bad_run(ok.error());
    const auto unix_secs = unix_secs_from_iso(started);
    if (!unix_secs) return bad_run("its \"startedAt\" is no date like 2026-03-01T09:30:00.000Z.");
    run.started_unix_secs = *unix_secs;
    return {};
}

Status read_figures(const Json& json, Run& run) {
    const auto metrics = json.find("metrics");
    if (metrics == json.end() || !metrics->is_array()) return bad_run("it has no list \"metrics\".");
    for (const Json& one : *metrics) {
        auto epoch = epoch_metrics_from_json(one);
        if (!epoch) return bad_run(epoch.error());
        run.epochs.push_back(*epoch);
    }
    for (const Json& one : json.value("learningRateChanges", Json::array())) {
        auto change = rate_change_from_json(one);
        if (!change) return bad_run(change.error());
        run.rate_changes.push_back(*change);
    }
    const auto given = json.find("test");
    if (given == json.end() || given->is_null()) return {};
    auto test = test_result_from_json(*given);
    if (!test) return bad_run(test.error());
    run.test = std::move(*test);
    return {};
}

Status read_environment(const Json& json, Run& run) {
    const auto environment = json.find("environment");
    if (environment == json.end()) return {};
    if (!environment->is_object()) return bad_run("its \"environment\" is no object.");
    run.environment = *environment;
    return {};
}

template <class Number>
Json json_of(const std::optional<Number>& number) {
    return number ? Json(*number) : Json(nullptr);
}

template <class Number>
Status read_number(const Json& json, const char* key, std::optional<Number>& target) {
    const auto given = json.find(key);
    if (given == json.end() || given->is_null()) return {};
    Number number{};
    if (Status ok = read_optional(json, key, number); !ok) return ok;
    target = number;
    return {};
}

Json to_json(const DrawingScore& score) {
    return {{"count", score.count}, {"rightBefore", json_of(score.right_before)}, {"rightAfter", json_of(score.right_after)}};
}

Json to_json(const FineTune& fine_tune) {
    return {{"parent", fine_tune.parent},
            {"parentName", fine_tune.parent_name},
            {"parentTestAccuracy", json_of(fine_tune.parent_test_accuracy)},
            {"newLastLayer", fine_tune.new_last_layer},
            {"trained", to_json(fine_tune.trained)},
            {"heldOut", to_json(fine_tune.held_out)}};
}

Status read_score(const Json& json, const char* key, DrawingScore& score) {
    const auto given = json.find(key);
    if (given == json.end()) return {};
    if (!given->is_object()) return bad_run("its \"" + std::string(key) + "\" is no object.");
    for (const Status& ok :
         {read_optional(*given, "count", score.count), read_number(*given, "rightBefore", score.right_before),
          read_number(*given, "rightAfter", score.right_after)}) {
        if (!ok) return bad_run(ok.error());
    }
    return {};
}

Status read_fine_tune(const Json& json, Run& run) {
    const auto given = json.find("fineTune");
    if (given == json.end()) return {};
    if (!given->is_object()) return bad_run("its \"fineTune\" is no object.");
    FineTune fine_tune;
    for (const Status& ok :
         {read_optional(*given, "parent", fine_tune.parent), read_optional(*given, "parentName", fine_tune.parent_name),
          read_number(*given, "parentTestAccuracy", fine_tune.parent_test_accuracy),
          read_optional(*given, "newLastLayer", fine_tune.new_last_layer)}) {
        if (!ok) return bad_run(ok.error());
    }
    if (Status ok = read_score(*given, "trained", fine_tune.trained); !ok) return ok;
    if (Status ok = read_score(*given, "heldOut", fine_tune.held_out); !ok) return ok;
    run.fine_tune = std::move(fine_tune);
    return {};
}

Status read_sweep(const Json& json, Run& run) {
    const auto given = json.find("sweep");
    if (given == json.end()) return {};
    if (!given->is_object()) return bad_run("its \"sweep\" is no object.");
    SweepMembership sweep;
    if (Status ok = read_optional(*given, "name", sweep.name); !ok) return bad_run(ok.error());
    sweep.values = given->value("values", Json::object());
    if (!sweep.values.is_object()) return bad_run("its sweep's \"values\" are no object.");
    run.sweep = std::move(sweep);
    return {};
}

Status read_class_names(const Json& json, Run& run) {
    const auto given = json.find("classNames");
    if (given == json.end()) return {};
    if (!given->is_array()) return bad_run("its \"classNames\" are no list.");
    for (const Json& name : *given) {
        if (!name.is_string()) return bad_run("a class name is no text.");
        run.class_names.push_back(name.get<std::string>());
    }
    return {};
}

}  // namespace

std::string to_string(RunStatus status) {
    switch (status) {
        case RunStatus::queued: return "queued";
        case RunStatus::running: return "running";
        case RunStatus::finished: return "finished";
        case RunStatus::stopped: return "stopped";
        case RunStatus::failed: return "failed";
    }
    return "";
}

Json to_json(const Run& run) {
    Json metrics = Json::array();
    for (const EpochMetrics& epoch : run.epochs) metrics.push_back(to_json(epoch));
    Json json = {{"formatVersion", run_format_version},
                 {"id", run.id},
                 {"name", run.name},
                 {"architecture", run.spec.architecture.id},
                 {"status", to_string(run.status)},
                 {"spec", to_json(run.spec)},
                 {"parameters", run.parameters},
                 {"metrics", metrics},
                 {"test", run.test ? to_json(*run.test) : Json(nullptr)},
                 {"secs", run.secs},
                 {"startedAt", iso_from_unix_secs(run.started_unix_secs)},
                 {"environment", run.environment},
                 {"modelFile", run.model_file},
                 {"weightsHash", run.weights_hash}};
    if (!run.failure.empty()) json["failure"] = run.failure;
    if (run.fine_tune) json["fineTune"] = to_json(*run.fine_tune);
    for (const RateChange& change : run.rate_changes) json["learningRateChanges"].push_back(to_json(change));
    if (run.best_epoch > 0) json["bestEpoch"] = run.best_epoch;
    if (run.sweep) json["sweep"] = {{"name", run.sweep->name}, {"values", run.sweep->values}};
    if (!run.checkpoint_file.empty()) json["checkpointFile"] = run.checkpoint_file;
    if (!run.class_names.empty()) json["classNames"] = run.class_names;
    return json;
}

bool can_continue(const Run& run) {
    return run.status == RunStatus::stopped && static_cast<int>(run.epochs.size()) <= run.spec.epochs;
}

Result<Run> run_from_json(const Json& json) {
    if (!json.is_object()) return bad_run("a run is an object.");
    if (Status version = check_version(json); !version) return tl::unexpected(version.error());
    Run run;
    for (const auto read : {read_texts, read_status, read_spec, read_numbers, read_figures, read_environment, read_fine_tune,
                            read_sweep, read_class_names}) {
        if (Status ok = read(json, run); !ok) return tl::unexpected(ok.error());
    }
    return run;
}

}  // namespace digitlab
