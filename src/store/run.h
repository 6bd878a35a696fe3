#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "train/metrics.h"
#include "train/spec.h"

namespace digitlab {

/// The version of run files. A file with a higher one was written by a newer program and cannot be read.
inline constexpr int run_format_version = 1;

/// A `queued` run waits for its turn; a `stopped` one was ended by the user or by closing the page.
enum class RunStatus { queued, running, finished, stopped, failed };

std::string to_string(RunStatus status);

/// How many of `count` drawings a model answers correctly before and after a run; empty where it was not measured.
struct DrawingScore {
    int count = 0;
    std::optional<int> right_before, right_after;

    bool operator==(const DrawingScore&) const = default;
};

/// The model that a run started from, and the effect of the run.
struct FineTune {
    std::string parent, parent_name;             ///< id of the model, and its name at the time
    std::optional<double> parent_test_accuracy;  ///< on the same data set; empty when the parent knows another
    bool new_last_layer = false;                 ///< the parent tells other classes apart
    DrawingScore trained;                        ///< drawings that were trained on: they prove nothing
    DrawingScore held_out;                       ///< drawings that were not trained on

    bool operator==(const FineTune&) const = default;
};

/// The sweep that a run belongs to, and the run's values of the varied fields (an object).
struct SweepMembership {
    std::string name;
    Json values = Json::object();
};

/// One run with its spec, metrics and environment.
struct Run {
    std::string id;    ///< unique, also the model's id: "r-0001-…"
    std::string name;  ///< "model_mlp_run1" unless the user renamed it
    RunStatus status = RunStatus::running;
    std::string failure;  ///< the reason, when failed
    ExperimentSpec spec;
    std::size_t parameters = 0;
    std::vector<EpochMetrics> epochs;
    std::vector<RateChange> rate_changes;  ///< by the user, during the run
    int best_epoch = 0;                    ///< by validation; 0: none
    std::optional<SweepMembership> sweep;  ///< when the run belongs to one
    std::optional<TestResult> test;
    std::optional<FineTune> fine_tune;  ///< when the run did not start from new weights, or trained on drawings
    double secs = 0;
    double started_unix_secs = 0;
    Json environment = Json::object();     ///< variant, threads, version
    std::vector<std::string> class_names;  ///< of its data set; empty: numbers
    std::string model_file;                ///< name below "models/"; "" when none is kept
    std::string checkpoint_file;           ///< name below "checkpoints/", to continue from; "" when none is kept
    std::string weights_hash;              ///< of the model in single precision: equal for equal weights only; "" without model
};

/// The error "unknown-run" for an id that no run has.
tl::unexpected<Error> unknown_run(const std::string& id);

/// The run object of the JavaScript API and of run files: {formatVersion, id, name, architecture, status, spec, parameters,
/// metrics, test, secs, startedAt, environment, modelFile, weightsHash}, failure when there is one, and fineTune: {parent,
/// parentName, parentTestAccuracy, trained: {count, rightBefore, rightAfter}, heldOut: {the same}} when there is one; likewise
/// learningRateChanges, bestEpoch, sweep: {name, values}, checkpointFile, and classNames unless the classes are numbers.
/// `architecture` is the id, `test` is null before the test, test.confusion an array of rows, startedAt ISO 8601 in UTC.
Json to_json(const Run& run);

/// Whether the run was stopped before the end of its spec and can be continued.
bool can_continue(const Run& run);

/// Fails with "newer-version" or, for everything else, "bad-run".
Result<Run> run_from_json(const Json& json);

}  // namespace digitlab
