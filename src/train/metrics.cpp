#include "train/metrics.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "base/json_reader.h"

namespace digitlab {

namespace {

const char* word(TrainingPhase phase) {
    switch (phase) {
        case TrainingPhase::training: return "training";
        case TrainingPhase::validating: return "validating";
        case TrainingPhase::testing: return "testing";
        case TrainingPhase::finished: return "finished";
    }
    return "";
}

Json rows_of(const std::vector<int>& cells, int columns) {
    Json rows = Json::array();
    for (int row = 0; row < columns; ++row) {
        const auto start = cells.begin() + row * columns;
        rows.push_back(std::vector<int>(start, start + columns));
    }
    return rows;
}

}  // namespace

Json to_json(const EpochMetrics& metrics) {
    return {{"epoch", metrics.epoch},
            {"trainLoss", metrics.train_loss},
            {"trainAccuracy", metrics.train_accuracy},
            {"valLoss", metrics.validation_loss},
            {"valAccuracy", metrics.validation_accuracy},
            {"secs", metrics.secs},
            {"imagesPerSecond", metrics.images_per_second}};
}

Json to_json(const TestResult& test) {
    return {{"accuracy", test.accuracy}, {"loss", test.loss}, {"confusion", rows_of(test.confusion, test.classes)}};
}

Json to_json(const TrainingProgress& progress) {
    return {{"phase", word(progress.phase)},
            {"epoch", progress.epoch},
            {"epochs", progress.epochs},
            {"batch", progress.batch},
            {"batches", progress.batches},
            {"loss", progress.loss},
            {"accuracy", progress.accuracy},
            {"valAccuracy", progress.validation_accuracy},
            {"imagesPerSecond", progress.images_per_second},
            {"elapsedSecs", progress.elapsed_secs},
            {"etaSecs", progress.eta_secs},
            {"learningRate", progress.learning_rate},
            {"gradientNorm", progress.gradient_norm},
            {"loadMs", progress.load_ms},
            {"forwardMs", progress.forward_ms},
            {"backwardMs", progress.backward_ms},
            {"updateMs", progress.update_ms},
            {"bestEpoch", progress.best_epoch}};
}

Json to_json(const RateChange& change) {
    return {{"step", change.step}, {"epoch", change.epoch}, {"learningRate", decimal(change.rate)}};
}

Json to_json(const ChartPoint& point) {
    return Json::array({decimal(point.epoch), decimal(point.loss), decimal(point.accuracy), decimal(point.learning_rate),
                        decimal(point.gradient_norm)});
}

Result<EpochMetrics> epoch_metrics_from_json(const Json& json) {
    EpochMetrics metrics;
    JsonReader reader(json);
    reader.optional("epoch", metrics.epoch);
    reader.optional("trainLoss", metrics.train_loss);
    reader.optional("trainAccuracy", metrics.train_accuracy);
    reader.optional("valLoss", metrics.validation_loss);
    reader.optional("valAccuracy", metrics.validation_accuracy);
    reader.optional("secs", metrics.secs);
    reader.optional("imagesPerSecond", metrics.images_per_second);
    return reader.finish(metrics);
}

Result<RateChange> rate_change_from_json(const Json& json) {
    RateChange change;
    JsonReader reader(json);
    reader.optional("step", change.step);
    reader.optional("epoch", change.epoch);
    reader.optional("learningRate", change.rate);
    return reader.finish(change);
}

Result<ChartPoint> chart_point_from_json(const Json& json) {
    ChartPoint point;
    const auto numbers = numbers_from_json<float>(json);
    if (!numbers || numbers->size() != 5) return fail("bad-json", "A point of a chart has five numbers.");
    std::size_t i = 0;
    for (float* target : {&point.epoch, &point.loss, &point.accuracy, &point.learning_rate, &point.gradient_norm}) {
        *target = (*numbers)[i++];
    }
    return point;
}

Result<TestResult> test_result_from_json(const Json& json) {
    TestResult test;
    std::vector<std::vector<int>> rows;
    JsonReader reader(json, {"bad-json", "the test result cannot be read: "});
    reader.optional("accuracy", test.accuracy);
    reader.optional("loss", test.loss);
    reader.required("confusion", rows, numbers_from_json<int>);
    for (const std::vector<int>& row : rows) {
        reader.check(row.size() == rows.size(), "the confusion matrix is not square.");
        test.confusion.insert(test.confusion.end(), row.begin(), row.end());
    }
    test.classes = static_cast<int>(rows.size());
    return reader.finish(std::move(test));
}

}  // namespace digitlab
