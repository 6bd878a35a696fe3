#include "store/run_labels.h"

#include <utility>

#include "base/json_reader.h"

namespace digitlab {

namespace {

constexpr int format_version = 1;

}  // namespace

RunLabels::RunLabels(Files& files) : Records(files, {"run label", "run-labels", {}}) { read_all(); }

Status RunLabels::take(const std::string& id, const Json& json) {
    RunLabel label;
    JsonReader reader(json, {"bad-run-label", "The label of the run " + id + " cannot be read: "});
    reader.version(format_version, "run label");
    reader.optional("name", label.name);
    if (reader.ok()) labels_[id] = std::move(label);
    return reader.status();
}

const RunLabel* RunLabels::find(const std::string& run_id) const {
    const auto place = labels_.find(run_id);
    return place == labels_.end() ? nullptr : &place->second;
}

Status RunLabels::save(const std::string& run_id, RunLabel label) {
    Status saved = Records::save(
        run_id, {}, [&](auto) { return Text{dump_json({{"formatVersion", format_version}, {"name", label.name}}), {}}; });
    if (saved) labels_[run_id] = std::move(label);
    return saved;
}

Status RunLabels::remove(const std::string& run_id) { return find(run_id) ? Records::remove(run_id) : Status{}; }

}  // namespace digitlab
