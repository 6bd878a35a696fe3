#pragma once

#include <memory>
#include <utility>

#include "base/result.h"
#include "data/dataset.h"
#include "nn/model_file.h"
#include "train/spec.h"

namespace digitlab {

/// The input of a run, besides its spec. Shared, and never changed during training.
struct TrainingInput {
    TrainingInput(DataPair pair = {}) : data(std::move(pair)) {}

    DataPair data;
    /// Rows to validate on, if the training set was built beforehand (see train/fine_tune.h); then all of data.train is trained
    /// on. Null: the spec's share of data.train.
    std::shared_ptr<const Dataset> validation;
    /// Initial weights; null: new ones from the spec's seed. If the model has a different number of classes, the last layer is
    /// new.
    std::shared_ptr<const Model> start;
    /// Result of `Trainer::checkpoint` for the same spec and input: training continues from there and ends with exactly the
    /// weights it would have had without interruption. Null: train from the beginning.
    std::shared_ptr<const Model> checkpoint;
};

/// Fails with "bad-spec" or "no-data" if `spec` cannot be trained on `input`.
Status check_input(const ExperimentSpec& spec, const TrainingInput& input);

}  // namespace digitlab
