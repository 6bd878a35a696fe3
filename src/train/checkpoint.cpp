#include "train/checkpoint.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/json_reader.h"

namespace digitlab {

namespace {

using Vectors = std::vector<std::vector<float>>;

constexpr std::size_t most_vectors = 10000;

/// Adds a tensor for each vector that is not empty: a tensor of a model file has at least one value.
void add(Model& model, const char* group, Vectors&& vectors) {
    model.notes[group] = vectors.size();
    for (std::size_t i = 0; i < vectors.size(); ++i) {
        if (vectors[i].empty()) continue;
        const auto size = static_cast<int>(vectors[i].size());
        model.tensors.push_back({std::string(group) + "." + std::to_string(i), {size}, std::move(vectors[i])});
    }
}

/// Reads the vectors that `add` has written.
void take(const Model& model, const char* group, JsonReader& notes, Vectors& vectors) {
    std::uint64_t count = 0;
    notes.optional(group, count);
    notes.check(count <= most_vectors, "it has too many tensors.");
    if (!notes.ok()) return;
    vectors.resize(static_cast<std::size_t>(count));
    const std::string prefix = std::string(group) + ".";
    for (const Model::Tensor& tensor : model.tensors) {
        for (std::size_t i = 0; i < vectors.size(); ++i) {
            if (tensor.name == prefix + std::to_string(i)) vectors[i] = tensor.values;
        }
    }
}

template <class Item>
Json list_of(const std::vector<Item>& items) {
    Json list = Json::array();
    for (const Item& item : items) list.push_back(to_json(item));
    return list;
}

constexpr std::size_t numbers_per_point = 5;

/// The chart is a tensor, because as text it would take up most of a long run's checkpoint.
void add_chart(Model& model, const std::vector<ChartPoint>& chart) {
    if (chart.empty()) return;
    Model::Tensor tensor{"chart", {static_cast<int>(chart.size()), static_cast<int>(numbers_per_point)}, {}};
    tensor.values.reserve(chart.size() * numbers_per_point);
    for (const ChartPoint& point : chart) {
        tensor.values.insert(tensor.values.end(),
                             {point.epoch, point.loss, point.accuracy, point.learning_rate, point.gradient_norm});
    }
    model.tensors.push_back(std::move(tensor));
}

void take_chart(const Model& model, JsonReader& notes, std::vector<ChartPoint>& chart) {
    // Older checkpoints hold the chart as text.
    if (notes.has("chart")) return notes.required("chart", chart, chart_point_from_json);
    const auto tensor = std::ranges::find(model.tensors, "chart", &Model::Tensor::name);
    if (tensor == model.tensors.end()) return;
    notes.check(tensor->values.size() % numbers_per_point == 0, "its chart ends in the middle of a point.");
    for (std::size_t i = 0; i + numbers_per_point <= tensor->values.size(); i += numbers_per_point) {
        const float* value = tensor->values.data() + i;
        chart.push_back({value[0], value[1], value[2], value[3], value[4]});
    }
}

}  // namespace

Model to_model(TrainingCheckpoint checkpoint, const Architecture& architecture) {
    Model model;
    model.architecture = architecture;
    model.notes = {{"step", checkpoint.optimizer.steps},
                   {"learningRate", decimal(checkpoint.learning_rate)},
                   {"bestEpoch", checkpoint.best_epoch},
                   {"secs", checkpoint.secs},
                   {"rateChanges", list_of(checkpoint.rate_changes)},
                   {"epochs", list_of(checkpoint.epochs)}};
    add_chart(model, checkpoint.chart);
    add(model, "weights", std::move(checkpoint.weights));
    add(model, "best", std::move(checkpoint.best_weights));
    add(model, "first", std::move(checkpoint.optimizer.first));
    add(model, "second", std::move(checkpoint.optimizer.second));
    return model;
}

Result<TrainingCheckpoint> checkpoint_from_model(const Model& model) {
    TrainingCheckpoint checkpoint;
    JsonReader notes(model.notes, {"bad-checkpoint", "The training cannot be continued, because its checkpoint is damaged: "});
    notes.optional("step", checkpoint.optimizer.steps);
    notes.optional("learningRate", checkpoint.learning_rate);
    notes.optional("bestEpoch", checkpoint.best_epoch);
    notes.optional("secs", checkpoint.secs);
    notes.required("rateChanges", checkpoint.rate_changes, rate_change_from_json);
    notes.required("epochs", checkpoint.epochs, epoch_metrics_from_json);
    take_chart(model, notes, checkpoint.chart);
    take(model, "weights", notes, checkpoint.weights);
    take(model, "best", notes, checkpoint.best_weights);
    take(model, "first", notes, checkpoint.optimizer.first);
    take(model, "second", notes, checkpoint.optimizer.second);
    return notes.finish(std::move(checkpoint));
}

}  // namespace digitlab
