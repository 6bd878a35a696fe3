#include "train/checkpoint.h"

#include <string>
#include <utility>

namespace digitlab {

namespace {

using Vectors = std::vector<std::vector<float>>;

constexpr std::size_t most_vectors = 10000;

tl::unexpected<Error> bad(const std::string& problem) {
    return fail("bad-checkpoint", "The training cannot be continued: its checkpoint is damaged (" + problem + ").");
}

/// Empty vectors are not written: a tensor of a model file has a value at least.
void add(Model& model, const char* group, Vectors&& vectors) {
    model.notes[group] = vectors.size();
    for (std::size_t i = 0; i < vectors.size(); ++i) {
        if (vectors[i].empty()) continue;
        const auto size = static_cast<int>(vectors[i].size());
        model.tensors.push_back({std::string(group) + "." + std::to_string(i), {size}, std::move(vectors[i])});
    }
}

Status take(const Model& model, const char* group, Vectors& vectors) {
    std::uint64_t count = 0;
    if (Status read = read_optional(model.notes, group, count); !read) return bad(read.error().message);
    if (count > most_vectors) return bad("too many tensors");
    vectors.resize(static_cast<std::size_t>(count));
    const std::string prefix = std::string(group) + ".";
    for (const Model::Tensor& tensor : model.tensors) {
        for (std::size_t i = 0; i < vectors.size(); ++i) {
            if (tensor.name == prefix + std::to_string(i)) vectors[i] = tensor.values;
        }
    }
    return {};
}

template <class Item>
Json list_of(const std::vector<Item>& items) {
    Json list = Json::array();
    for (const Item& item : items) list.push_back(to_json(item));
    return list;
}

template <class Item>
Status take_list(const Json& notes, const char* key, Result<Item> (*read)(const Json&), std::vector<Item>& items) {
    const auto list = notes.find(key);
    if (list == notes.end() || !list->is_array()) return bad("no list \"" + std::string(key) + "\"");
    for (const Json& one : *list) {
        auto item = read(one);
        if (!item) return bad(item.error().message);
        items.push_back(std::move(*item));
    }
    return {};
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
                   {"epochs", list_of(checkpoint.epochs)},
                   {"chart", list_of(checkpoint.chart)}};
    add(model, "weights", std::move(checkpoint.weights));
    add(model, "best", std::move(checkpoint.best_weights));
    add(model, "first", std::move(checkpoint.optimizer.first));
    add(model, "second", std::move(checkpoint.optimizer.second));
    return model;
}

Result<TrainingCheckpoint> checkpoint_from_model(const Model& model) {
    const Json& notes = model.notes;
    if (!notes.is_object()) return bad("no notes");
    TrainingCheckpoint checkpoint;
    for (const Status& read :
         {read_optional(notes, "step", checkpoint.optimizer.steps),
          read_optional(notes, "learningRate", checkpoint.learning_rate),
          read_optional(notes, "bestEpoch", checkpoint.best_epoch), read_optional(notes, "secs", checkpoint.secs)}) {
        if (!read) return bad(read.error().message);
    }
    for (const Status& taken :
         {take_list(notes, "rateChanges", rate_change_from_json, checkpoint.rate_changes),
          take_list(notes, "epochs", epoch_metrics_from_json, checkpoint.epochs),
          take_list(notes, "chart", chart_point_from_json, checkpoint.chart), take(model, "weights", checkpoint.weights),
          take(model, "best", checkpoint.best_weights), take(model, "first", checkpoint.optimizer.first),
          take(model, "second", checkpoint.optimizer.second)}) {
        if (!taken) return tl::unexpected(taken.error());
    }
    return checkpoint;
}

}  // namespace digitlab
