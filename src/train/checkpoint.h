#pragma once

#include <vector>

#include "base/result.h"
#include "nn/model_file.h"
#include "nn/optimizer.h"
#include "train/metrics.h"

namespace digitlab {

/// The complete state of a run at the end of an epoch. Random numbers need no state: they follow from the spec's seed, the
/// epoch and the optimizer's step.
struct TrainingCheckpoint {
    std::vector<std::vector<float>> weights;       ///< one per parameter of the network, as it stores them
    std::vector<std::vector<float>> best_weights;  ///< empty if the last epoch is the best
    OptimizerState optimizer;
    float learning_rate = 0;  ///< where the schedule would have started
    int best_epoch = 0;
    std::vector<RateChange> rate_changes;
    std::vector<EpochMetrics> epochs;  ///< finished ones
    std::vector<ChartPoint> chart;
    double secs = 0;
};

/// Converts it to a model for a file of single precision, so that no number is rounded. Moves the vectors.
Model to_model(TrainingCheckpoint checkpoint, const Architecture& architecture);

/// Fails with "bad-checkpoint".
Result<TrainingCheckpoint> checkpoint_from_model(const Model& model);

}  // namespace digitlab
