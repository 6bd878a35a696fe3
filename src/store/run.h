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

/// Of run files. A higher one was written by a newer program, whose meaning this one cannot know.
inline constexpr int run_format_version = 1;

/// `queued` waits for its turn; `stopped` was ended by the user or by the page being closed.
enum class RunStatus { queued, running, finished, stopped, failed };

std::string to_string(RunStatus status);

/// How many of some drawings a model answers rightly, before and after a training; nothing where it was not measured.
struct DrawingScore {
    int count = 0;
    std::optional<int> right_before, right_after;

    bool operator==(const DrawingScore&) const = default;
};

/// What a run went on from, and what came of it.
struct FineTune {
    std::string parent, parent_name;             ///< id of the model, and its name then
    std::optional<double> parent_test_accuracy;  ///< on the same data set; nothing when it knows another
    bool new_last_layer = false;                 ///< the parent tells other classes apart
    DrawingScore trained;                        ///< drawings that were trained on: no proof of anything
    DrawingScore held_out;                       ///< drawings that were not

    bool operator==(const FineTune&) const = default;
};

/// Of which sweep a run is one, and what it has in the varied fields (an object).
struct SweepMembership {
    std::string name;
    Json values = Json::object();
};

/// One training with its spec, figures and environment.
struct Run {
    std::string id;    ///< unique, also the model's id: "r-0001-…"
    std::string name;  ///< "model_mlp_run1" unless the user renamed it
    RunStatus status = RunStatus::running;
    std::string failure;  ///< why, when failed
    ExperimentSpec spec;
    std::size_t parameters = 0;
    std::vector<EpochMetrics> epochs;
    std::vector<RateChange> rate_changes;  ///< what the user did to the learning rate meanwhile
    int best_epoch = 0;                    ///< by validation; 0: none
    std::optional<SweepMembership> sweep;  ///< when it is one of many
    std::optional<TestResult> test;
    std::optional<FineTune> fine_tune;  ///< when it did not begin with new weights, or trained on drawings
    double secs = 0;
    double started_unix_secs = 0;
    Json environment = Json::object();     ///< variant, threads, version
    std::vector<std::string> class_names;  ///< of its data set; empty: numbers
    std::string model_file;                ///< name below "models/"; "" when none is kept
    std::string checkpoint_file;           ///< name below "checkpoints/": from which it can be continued; "" when none is kept
    std::string weights_hash;              ///< of the model in single precision: equal for equal weights only; "" without model
};

/// The error of an id that no run has. Code "unknown-run".
tl::unexpected<Error> unknown_run(const std::string& id);

/// The run object of the JavaScript API and of run files: {formatVersion, id, name, architecture, status, spec, parameters,
/// metrics, test, secs, startedAt, environment, modelFile, weightsHash}, failure when there is one, and fineTune: {parent,
/// parentName, parentTestAccuracy, trained: {count, rightBefore, rightAfter}, heldOut: {the same}} when there is one; likewise
/// learningRateChanges, bestEpoch, sweep: {name, values}, checkpointFile, and classNames unless the classes are numbers.
/// `architecture` is the id, `test` is null before the test, test.confusion an array of rows, startedAt ISO 8601 in UTC.
Json to_json(const Run& run);

/// Whether the run has ended without having got as far as its spec wants, so that it can go on.
bool can_continue(const Run& run);

/// Codes "newer-version" and, for everything else, "bad-run".
Result<Run> run_from_json(const Json& json);

}  // namespace digitlab
