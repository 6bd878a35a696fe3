#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "train/metrics.h"
#include "train/spec.h"

namespace digitlab {

/// One field of a spec that a sweep varies.
struct SweepField {
    std::string key;           ///< as in the JSON of a spec; "optimizer.weightDecay" for a value inside a field
    std::vector<Json> values;  ///< values to try; if empty, random numbers between `low` and `high`
    double low = 0, high = 0;
    bool whole = false;        ///< only whole numbers
    bool logarithmic = false;  ///< as many between 0.001 and 0.01 as between 0.01 and 0.1
};

/// A number of runs that differ in some fields. JSON: {"name": "rates", "base": {spec}, "vary": {"learningRate": [0.001, 0.01],
/// "batchSize": {"from": 16, "to": 256, "scale": "log"}}, "search": "grid" or "random", "runs": 20, "seed": 1,
/// "medianStopping": true}. Ranges need a random search, which needs the number of runs.
struct Sweep {
    std::string name = "sweep";
    Json base = Json::object();
    std::vector<SweepField> fields;
    bool random = false;
    int runs = 0;            ///< of a random search
    std::uint64_t seed = 1;  ///< of a random search
    bool median_stopping = false;
};

inline constexpr int most_sweep_runs = 1000;

/// Fails with "bad-sweep"; the message names the field.
Result<Sweep> sweep_from_json(const Json& json);

/// One run of a sweep.
struct SweepTrial {
    Json values = Json::object();  ///< its values of the varied fields
    ExperimentSpec spec;
};

/// Every combination of the values, with the last field changing fastest, or as many random ones as the sweep says; a sweep
/// always gives the same trials. Fails with "bad-sweep", also if the spec of a trial is wrong: the message then names its
/// values.
Result<std::vector<SweepTrial>> trials_of(const Sweep& sweep);

/// Median stopping (Golovin et al., "Google Vizier", 2017): whether the best validation accuracy of a run so far is below the
/// median of what the `others` had reached after as many epochs. At least three others must have finished that many epochs.
bool is_below_median(const std::vector<EpochMetrics>& epochs, const std::vector<std::vector<EpochMetrics>>& others);

}  // namespace digitlab
