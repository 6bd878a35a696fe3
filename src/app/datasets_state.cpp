#include "app/datasets_state.h"

#include <algorithm>

#include "app/state.h"

namespace digitlab {

namespace {

constexpr std::size_t mnist_training_rows = 60000, mnist_test_rows = 10000;

DatasetOutline outline_of_mnist(const State& state) {
    const DataPair& pair = state.data.pair;
    DatasetOutline mnist{mnist_id, mnist_name, 10, {}, mnist_training_rows, mnist_test_rows};
    if (pair.train) mnist.train_rows = pair.train->rows();
    if (pair.test) mnist.test_rows = pair.test->rows();
    return mnist;
}

DatasetOutline outline_of(const OtherDataset& other) {
    return {other.id, other.name, other.classes, other.class_names, other.train_rows, other.test_rows};
}

const OtherDataset* find_other(const State& state, const std::string& id) {
    const auto& others = state.datasets.others;
    const auto place = std::ranges::find(others, id, &OtherDataset::id);
    return place == others.end() ? nullptr : &*place;
}

}  // namespace

const char* to_string(DataPhase phase) {
    switch (phase) {
        case DataPhase::absent: return "absent";
        case DataPhase::requested: return "requested";
        case DataPhase::loading: return "loading";
        case DataPhase::ready: return "ready";
        case DataPhase::failed: return "failed";
    }
    return "";
}

std::optional<DatasetOutline> find_dataset(const State& state, const std::string& id) {
    if (id == mnist_id) return outline_of_mnist(state);
    const OtherDataset* other = find_other(state, id);
    return other ? std::optional(outline_of(*other)) : std::nullopt;
}

const DataState* find_data(const State& state, const std::string& id) {
    if (id == mnist_id) return &state.data;
    const OtherDataset* other = find_other(state, id);
    return other ? &other->data : nullptr;
}

std::vector<DatasetOutline> all_datasets(const State& state) {
    std::vector<DatasetOutline> all = {outline_of_mnist(state)};
    for (const OtherDataset& other : state.datasets.others) all.push_back(outline_of(other));
    return all;
}

std::string dataset_name(const State& state, const std::string& id) {
    const auto found = find_dataset(state, id);
    return found ? found->name : id;
}

KnownClasses model_classes(const State& state, const std::string& id) {
    if (const Run* run = find_run(state, id)) {
        const auto dataset = find_dataset(state, run->spec.dataset);
        return {run->spec.dataset, run->class_names, dataset ? dataset->classes : static_cast<int>(run->class_names.size())};
    }
    const auto ready = std::ranges::find(state.ready_models, id, &ReadyModel::id);
    return ready == state.ready_models.end() ? KnownClasses{} : ready->classes;
}

Json dataset_json(const State& state, const DatasetOutline& outline) {
    const OtherDataset* other = find_other(state, outline.id);
    std::vector<std::string> names;
    for (int index = 0; index < outline.classes; ++index) names.push_back(class_name(outline.class_names, index));
    return {{"id", outline.id},
            {"name", outline.name},
            {"classes", outline.classes},
            {"classNames", names},
            {"rows", outline.train_rows},
            {"testRows", outline.test_rows},
            {"own", other && other->own},
            {"stored", !other || other->stored},
            {"phase", to_string(find_data(state, outline.id)->phase)}};
}

}  // namespace digitlab
