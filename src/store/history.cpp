#include "store/history.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace digitlab {

namespace {

constexpr std::string_view run_prefix = "r-";
const std::string models = "models", checkpoints = "checkpoints";

bool is_older(const Run& a, const Run& b) {
    // Shorter ids come first: "r-9999" before "r-10000".
    return std::tuple(a.started_unix_secs, a.id.size(), a.id) < std::tuple(b.started_unix_secs, b.id.size(), b.id);
}

bool belongs_to(const std::string& id, const std::string& folder, const std::string& file) {
    if (file.empty()) return true;
    const auto name = parse_stored_name(folder + "/" + file);
    return name && name->id == id;
}

Result<Model> read_model(const Files& files, const std::string& path) {
    const auto bytes = files.read(path);
    if (!bytes) return tl::unexpected(bytes.error());
    auto model = decode_model(*bytes);
    if (!model) return fail(model.error().code, path + ": " + model.error().message);
    return model;
}

}  // namespace

History::History(Files& files) : Records(files, {"run", "runs", {models, checkpoints}}) { read_all(); }

Status History::take(const std::string& id, const Json& json) {
    auto run = run_from_json(json);
    if (!run) return tl::unexpected(run.error());
    if (run->id != id) return fail("bad-run", "It holds the run \"" + run->id + "\" under another name.");
    if (!belongs_to(id, models, run->model_file)) return fail("bad-run", "Its model file belongs to another run.");
    if (!belongs_to(id, checkpoints, run->checkpoint_file)) return fail("bad-run", "Its checkpoint belongs to another run.");
    put(std::move(*run));
    return {};
}

void History::drop(const std::string& id) {
    std::erase_if(runs_, [&](const Run& run) { return run.id == id; });
}

void History::put(Run run) {
    drop(run.id);
    runs_.insert(std::ranges::upper_bound(runs_, run, is_older), std::move(run));
}

const Run* History::find(const std::string& id) const {
    const auto place = std::ranges::find(runs_, id, &Run::id);
    return place == runs_.end() ? nullptr : &*place;
}

std::string History::next_name(const std::string& architecture_id) const {
    const std::string prefix = "model_" + architecture_id + "_run";
    int highest = 0;
    for (const Run& run : runs_) {
        const int number = number_after(run.name, prefix);
        // "model_mlp_run7 (copy)" does not count.
        if (run.name == prefix + std::to_string(number)) highest = std::max(highest, number);
    }
    return prefix + std::to_string(highest + 1);
}

int History::next_number() const { return highest_number(run_prefix) + 1; }

std::string History::next_id() const { return numbered_id(run_prefix, next_number()); }

Status History::save(Run run, const Model* model, CheckpointChange checkpoint) {
    std::vector<Part> parts;
    if (model) parts.push_back({models, "dglb", encode_model(*model, Precision::half)});
    if (checkpoint.model) parts.push_back({checkpoints, "dglb", encode_model(*checkpoint.model, Precision::single)});
    Status saved = Records::save(run.id, parts, [&](std::span<const StoredName> new_parts) {
        const Run* previous = find(run.id);
        run.model_file = previous ? previous->model_file : "";
        run.checkpoint_file = previous && !checkpoint.drop ? previous->checkpoint_file : "";
        for (const StoredName& part : new_parts) (part.folder == models ? run.model_file : run.checkpoint_file) = part.file();
        return Text{dump_json(to_json(run), 1), {models + "/" + run.model_file, checkpoints + "/" + run.checkpoint_file}};
    });
    if (saved) put(std::move(run));
    return saved;
}

Status History::remove(const std::string& id) { return find(id) ? Records::remove(id) : Status(unknown_run(id)); }

Result<Model> History::model(const std::string& id) const {
    const Run* run = find(id);
    if (!run) return unknown_run(id);
    if (run->model_file.empty())
        return fail("no-model", "The run " + run->name + " has no model: it ended before its first epoch.");
    return read_model(files_, models + "/" + run->model_file);
}

Result<Model> History::checkpoint(const std::string& id) const {
    const Run* run = find(id);
    if (!run) return unknown_run(id);
    if (run->checkpoint_file.empty()) return fail("no-checkpoint", "The run " + run->name + " has not kept a checkpoint.");
    return read_model(files_, checkpoints + "/" + run->checkpoint_file);
}

}  // namespace digitlab
