#include "store/run.h"

#include <cstdint>
#include <utility>

#include "base/iso_time.h"
#include "base/json_reader.h"

namespace digitlab {

namespace {

constexpr JsonWord<RunStatus> statuses[] = {{RunStatus::queued, "queued"},
                                            {RunStatus::running, "running"},
                                            {RunStatus::finished, "finished"},
                                            {RunStatus::stopped, "stopped"},
                                            {RunStatus::failed, "failed"}};

void read_start(JsonReader& reader, Run& run) {
    std::string started;
    reader.optional("startedAt", started);
    const auto unix_secs = unix_secs_from_iso(started);
    reader.check(unix_secs.has_value(), "its \"startedAt\" is no date like 2026-03-01T09:30:00.000Z.");
    run.started_unix_secs = unix_secs.value_or(0);
}

template <class Number>
Json json_of(const std::optional<Number>& number) {
    return number ? Json(*number) : Json(nullptr);
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

Result<DrawingScore> score_from_json(const Json& json) {
    DrawingScore score;
    JsonReader reader(json, {}, "its scores of drawings are no object.");
    reader.optional("count", score.count);
    reader.optional("rightBefore", score.right_before);
    reader.optional("rightAfter", score.right_after);
    return reader.finish(score);
}

Result<FineTune> fine_tune_from_json(const Json& json) {
    FineTune fine_tune;
    JsonReader reader(json, {}, "its \"fineTune\" is no object.");
    reader.optional("parent", fine_tune.parent);
    reader.optional("parentName", fine_tune.parent_name);
    reader.optional("parentTestAccuracy", fine_tune.parent_test_accuracy);
    reader.optional("newLastLayer", fine_tune.new_last_layer);
    reader.optional("trained", fine_tune.trained, score_from_json);
    reader.optional("heldOut", fine_tune.held_out, score_from_json);
    return reader.finish(std::move(fine_tune));
}

Result<SweepMembership> sweep_membership_from_json(const Json& json) {
    SweepMembership sweep;
    JsonReader reader(json, {}, "its \"sweep\" is no object.");
    reader.optional("name", sweep.name);
    reader.object("values", sweep.values);
    return reader.finish(std::move(sweep));
}

}  // namespace

std::string to_string(RunStatus status) { return word_for(statuses, status); }

tl::unexpected<Error> unknown_run(const std::string& id) { return fail("unknown-run", "There is no run \"" + id + "\"."); }

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
    Run run;
    JsonReader reader(json, {"bad-run", "This is not a run: "}, "a run is an object.");
    reader.version(run_format_version, "run");
    reader.required("id", run.id);
    reader.required("name", run.name);
    reader.check(!run.id.empty() && !run.name.empty(), "its id or name is empty.");
    reader.required("status", run.status, statuses);
    reader.optional("failure", run.failure);
    reader.optional("modelFile", run.model_file);
    reader.optional("weightsHash", run.weights_hash);
    reader.optional("checkpointFile", run.checkpoint_file);
    reader.required("spec", run.spec, spec_from_json);
    std::uint64_t parameters = 0;
    reader.optional("parameters", parameters);
    run.parameters = static_cast<std::size_t>(parameters);
    reader.optional("secs", run.secs);
    reader.optional("bestEpoch", run.best_epoch);
    read_start(reader, run);
    reader.required("metrics", run.epochs, epoch_metrics_from_json);
    reader.optional("learningRateChanges", run.rate_changes, rate_change_from_json);
    reader.optional("test", run.test, test_result_from_json);
    reader.object("environment", run.environment);
    reader.optional("fineTune", run.fine_tune, fine_tune_from_json);
    reader.optional("sweep", run.sweep, sweep_membership_from_json);
    reader.optional("classNames", run.class_names);
    return reader.finish(std::move(run));
}

}  // namespace digitlab
