#include "app/datasets_state.h"

#include <algorithm>

#include "data/fashion.h"

namespace digitlab {

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

Json to_json(const DatasetEntry& dataset) {
    std::vector<std::string> names;
    for (int index = 0; index < dataset.classes; ++index) names.push_back(class_name(dataset.class_names, index));
    return {{"id", dataset.id},
            {"name", dataset.name},
            {"classes", dataset.classes},
            {"classNames", names},
            {"rows", dataset.train_rows},
            {"testRows", dataset.test_rows},
            {"own", dataset.own()},
            {"stored", dataset.stored},
            {"phase", to_string(dataset.data.phase)},
            {"digits", dataset.kind == DataKind::digits}};
}

std::vector<DatasetEntry> downloaded_datasets() {
    constexpr std::size_t train_rows = 60'000, test_rows = 10'000;
    constexpr int classes = 10;
    const auto entry = [&](const char* id, const char* name, DataKind kind, std::vector<std::string> class_names) {
        return DatasetEntry{id, name, DatasetOrigin::downloaded, kind, classes, std::move(class_names), train_rows, test_rows};
    };
    return {entry(mnist_id, mnist_name, DataKind::digits, {}),
            entry(fashion_id, fashion_name, DataKind::other, fashion_class_names())};
}

DatasetEntry* DatasetsState::find(const std::string& id) {
    const auto place = std::ranges::find(all, id, &DatasetEntry::id);
    return place == all.end() ? nullptr : &*place;
}

const DatasetEntry* DatasetsState::find(const std::string& id) const {
    const auto place = std::ranges::find(all, id, &DatasetEntry::id);
    return place == all.end() ? nullptr : &*place;
}

const DataState* DatasetsState::find_data(const std::string& id) const {
    const DatasetEntry* dataset = find(id);
    return dataset ? &dataset->data : nullptr;
}

std::string DatasetsState::name_of(const std::string& id) const {
    const DatasetEntry* dataset = find(id);
    return dataset ? dataset->name : id;
}

}  // namespace digitlab
