#include "train/metrics.h"

#include <limits>

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

Result<std::vector<int>> cells_of(const Json& rows) {
    std::vector<int> cells;
    for (const Json& row : rows) {
        if (!row.is_array() || row.size() != rows.size()) {
            return fail("bad-json", "The confusion matrix is not square.");
        }
        for (const Json& cell : row) {
            if (!cell.is_number_integer()) return fail("bad-json", "The confusion matrix holds something that is no count.");
            cells.push_back(cell.get<int>());
        }
    }
    return cells;
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
    if (Status ok = read_optional(json, "epoch", metrics.epoch); !ok) return tl::unexpected(ok.error());
    const std::pair<const char*, double*> fields[] = {{"trainLoss", &metrics.train_loss},
                                                      {"trainAccuracy", &metrics.train_accuracy},
                                                      {"valLoss", &metrics.validation_loss},
                                                      {"valAccuracy", &metrics.validation_accuracy},
                                                      {"secs", &metrics.secs},
                                                      {"imagesPerSecond", &metrics.images_per_second}};
    for (const auto& [key, target] : fields) {
        if (Status ok = read_optional(json, key, *target); !ok) return tl::unexpected(ok.error());
    }
    return metrics;
}

Result<RateChange> rate_change_from_json(const Json& json) {
    RateChange change;
    for (const Status& ok : {read_optional(json, "step", change.step), read_optional(json, "epoch", change.epoch),
                             read_optional(json, "learningRate", change.rate)}) {
        if (!ok) return tl::unexpected(ok.error());
    }
    return change;
}

Result<ChartPoint> chart_point_from_json(const Json& json) {
    ChartPoint point;
    float* const targets[] = {&point.epoch, &point.loss, &point.accuracy, &point.learning_rate, &point.gradient_norm};
    if (!json.is_array() || json.size() != std::size(targets)) return fail("bad-json", "A point of a chart has five numbers.");
    for (std::size_t i = 0; i < std::size(targets); ++i) {
        if (!json[i].is_number()) return fail("bad-json", "A point of a chart has five numbers.");
        *targets[i] = json[i].get<float>();
    }
    return point;
}

Result<TestResult> test_result_from_json(const Json& json) {
    TestResult test;
    if (Status ok = read_optional(json, "accuracy", test.accuracy); !ok) return tl::unexpected(ok.error());
    if (Status ok = read_optional(json, "loss", test.loss); !ok) return tl::unexpected(ok.error());
    const auto confusion = json.find("confusion");
    if (confusion == json.end() || !confusion->is_array()) return fail("bad-json", "The test result has no confusion matrix.");
    auto cells = cells_of(*confusion);
    if (!cells) return tl::unexpected(cells.error());
    test.classes = static_cast<int>(confusion->size());
    test.confusion = std::move(*cells);
    return test;
}

}  // namespace digitlab
