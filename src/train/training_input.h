#pragma once

#include <memory>
#include <utility>

#include "base/result.h"
#include "data/dataset.h"
#include "nn/model_file.h"
#include "train/spec.h"

namespace digitlab {

/// What a training works on, besides its spec. Shared, never changed while it trains.
struct TrainingInput {
    TrainingInput(DataPair pair = {}) : data(std::move(pair)) {}

    DataPair data;
    /// Rows to validate on, when the training set was put together beforehand (see train/fine_tune.h): all of data.train is
    /// then trained on. Null: the spec's share of data.train.
    std::shared_ptr<const Dataset> validation;
    /// Weights to begin with; null: new ones from the spec's seed. If the model has another number of classes, the last layer
    /// is new.
    std::shared_ptr<const Model> start;
    /// What `Trainer::checkpoint` gave for the same spec and input: the training goes on from there, to the very weights it
    /// would have had without the break. Null: from the beginning.
    std::shared_ptr<const Model> checkpoint;
};

/// Whether `spec` can be trained on `input`. Codes "bad-spec" and "no-data".
Status check_input(const ExperimentSpec& spec, const TrainingInput& input);

}  // namespace digitlab
