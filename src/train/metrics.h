#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace digitlab {

/// Accuracies are shares in [0, 1]; losses are mean cross-entropy in nats.
struct EpochMetrics {
    int epoch = 0;                              ///< from 1
    double train_loss = 0, train_accuracy = 0;  ///< means over the epoch's own batches, while learning
    double validation_loss = 0, validation_accuracy = 0;
    double secs = 0;               ///< training and validation of this epoch, pauses excluded
    double images_per_second = 0;  ///< training images per second of training time
};

struct TestResult {
    double accuracy = 0, loss = 0;
    int classes = 0;
    std::vector<int> confusion;  ///< (classes, classes): row true label, column answer
};

enum class TrainingPhase { training, validating, testing, finished };

/// What a training says of itself between two steps. Plain data: copied from the training thread once per step.
struct TrainingProgress {
    TrainingPhase phase = TrainingPhase::training;
    int epoch = 0, epochs = 0;                                     ///< current epoch from 1
    int batch = 0, batches = 0;                                    ///< finished batches of this epoch
    double loss = 0, accuracy = 0;                                 ///< running mean of the epoch so far
    double validation_accuracy = 0;                                ///< of the last finished epoch; 0 before
    double images_per_second = 0, elapsed_secs = 0, eta_secs = 0;  ///< pauses excluded
};

/// One point of the live chart.
struct ChartPoint {
    float epoch = 0;               ///< fractional: 1.5 is the middle of the second epoch
    float loss = 0, accuracy = 0;  ///< mean over the batches since the last point
};

Json to_json(const EpochMetrics& metrics);
Json to_json(const TestResult& test);
Json to_json(const TrainingProgress& progress);
Result<EpochMetrics> epoch_metrics_from_json(const Json& json);
Result<TestResult> test_result_from_json(const Json& json);

}  // namespace digitlab
