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
    double train_loss = 0, train_accuracy = 0;  ///< means over the epoch's batches during training
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

/// The progress of a run between two steps. Plain data: copied from the training thread once per step.
struct TrainingProgress {
    TrainingPhase phase = TrainingPhase::training;
    int epoch = 0, epochs = 0;                                     ///< current epoch from 1
    int batch = 0, batches = 0;                                    ///< finished batches of this epoch
    double loss = 0, accuracy = 0;                                 ///< means over the epoch so far
    double validation_accuracy = 0;                                ///< of the last finished epoch; 0 before the first
    double images_per_second = 0, elapsed_secs = 0, eta_secs = 0;  ///< pauses excluded
    double learning_rate = 0;                                      ///< of the next batch, by the schedule
    double gradient_norm = 0;                                      ///< at the last point of the chart; 0 before the first
    /// Mean times per batch of this epoch: loading, forward pass, backward pass and weight update.
    double load_ms = 0, forward_ms = 0, backward_ms = 0, update_ms = 0;
    int best_epoch = 0;  ///< by validation; 0 before the first
};

/// One point of the live chart.
struct ChartPoint {
    float epoch = 0;               ///< fractional: 1.5 is the middle of the second epoch
    float loss = 0, accuracy = 0;  ///< mean over the rows since the last point, or over more if they are too few
    float learning_rate = 0;       ///< of the point's own batch
    /// Length of the gradient of all weights in the point's own batch; if that is small, the mean with the point before, by
    /// rows.
    float gradient_norm = 0;
};

/// A change of the learning rate by the user during a run.
struct RateChange {
    std::uint64_t step = 0;  ///< number of weight updates before it
    double epoch = 0;        ///< fractional, from 0
    float rate = 0;          ///< where the schedule would have started

    bool operator==(const RateChange&) const = default;
};

/// The images of one mini-batch as the network saw them, and its answers.
struct BatchView {
    int height = 28, width = 28;
    std::vector<std::uint8_t> pixels;           ///< (rows, height, width), 0 paper to 255 ink
    std::vector<std::uint8_t> labels, answers;  ///< (rows)
};

/// A look inside a run, for users who watch it.
struct TrainingView {
    BatchView batch;             ///< at the last point of the chart
    int classes = 0;             ///< 0 if nothing has been counted yet
    std::vector<int> confusion;  ///< (classes, classes), for this epoch's training so far: row true label, column answer
};

Json to_json(const EpochMetrics& metrics);
Json to_json(const TestResult& test);
Json to_json(const TrainingProgress& progress);
Json to_json(const RateChange& change);
Json to_json(const ChartPoint& point);  ///< an array of the five numbers
Result<EpochMetrics> epoch_metrics_from_json(const Json& json);
Result<TestResult> test_result_from_json(const Json& json);
Result<RateChange> rate_change_from_json(const Json& json);
Result<ChartPoint> chart_point_from_json(const Json& json);

}  // namespace digitlab
