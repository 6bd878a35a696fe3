#include "store/history.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "store/stored_name.h"

namespace digitlab {

namespace {

constexpr std::string_view id_prefix = "r-";

bool is_older(const Run& a, const Run& b) {
    // Shorter ids first: "r-9999" comes before "r-10000".
    return std::tuple(a.started_unix_secs, a.id.size(), a.id) < std::tuple(b.started_unix_secs, b.id.size(), b.id);
}

Result<Run> read_run(const Files& files, const StoredName& name) {
    const auto bytes = files.read(name.path());
    if (!bytes) return tl::unexpected(bytes.error());
    const auto json = parse_json(std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()));
    if (!json) return tl::unexpected(json.error());
    auto run = run_from_json(*json);
    if (!run) return run;
    if (run->id != name.id) return fail("bad-run", "It holds the run \"" + run->id + "\" under another name.");
    const auto model = parse_stored_name("models/" + run->model_file);
    if (!run->model_file.empty() && !(model && model->id == name.id)) return fail("bad-run", "Its model file is not its own.");
    const auto checkpoint = parse_stored_name("checkpoints/" + run->checkpoint_file);
    if (!run->checkpoint_file.empty() && !(checkpoint && checkpoint->id == name.id))
        return fail("bad-run", "Its checkpoint is not its own.");
    return run;
}

tl::unexpected<Error> unknown_run(const std::string& id) { return fail("unknown-run", "There is no run \"" + id + "\"."); }

Bytes run_bytes(const Run& run) {
    const std::string text = dump_json(to_json(run), 1);
    return Bytes(text.begin(), text.end());
}

Result<Model> read_model(const Files& files, const std::string& path) {
    const auto bytes = files.read(path);
    if (!bytes) return tl::unexpected(bytes.error());
    auto model = decode_model(*bytes);
    if (!model) return fail(model.error().code, path + ": " + model.error().message);
    return model;
}

/// Every file of a run, whether it can be read or not, in the order in which they are removed. Models and checkpoints first: a
/// deletion cut short leaves a run without a model, which can be deleted again, instead of megabytes that nothing refers to.
/// Old revisions before the newest: none may come back to life.
std::vector<StoredName> stored_names(const Files& files) {
    std::vector<StoredName> names;
    for (const char* folder : {"runs", "models", "checkpoints"}) {
        std::ranges::move(digitlab::stored_names(files, folder), std::back_inserter(names));
    }
    std::ranges::sort(names, {}, [](const StoredName& name) { return std::tuple(name.folder, name.revision); });
    return names;
}

}  // namespace

History::History(Files& files) : files_(files) {
    std::map<std::string, std::vector<StoredName>> revisions;
    for (const StoredName& name : stored_names(files_)) {
        revisions[name.id].push_back(name);
        next_number_ = std::max(next_number_, number_after(name.id, id_prefix) + 1);
    }
    for (auto& [id, names] : revisions) {
        std::ranges::sort(names, std::ranges::greater{}, &StoredName::revision);
        load(names);
    }
    std::ranges::sort(runs_, is_older);
}

// Takes the newest revision that can be read. What a newer program wrote last is not replaced by an older state: the run
// is then left out and cannot be saved.
void History::load(const std::vector<StoredName>& newest_first) {
    for (const StoredName& name : newest_first) {
        if (name.folder != "runs") continue;
        auto run = read_run(files_, name);
        if (run) {
            runs_.push_back(std::move(*run));
            return;
        }
        problems_.push_back(name.path() + " is left as it is: " + run.error().message);
        if (run.error().code == "newer-version") newer_ids_.insert(name.id);
        // Its model may be one of those as new as itself.
        spared_.insert(name.path());
        for (const StoredName& model : newest_first) {
            if (model.folder != "runs" && model.revision >= name.revision) spared_.insert(model.path());
        }
        if (newer_ids_.contains(name.id)) return;
    }
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
        // "model_mlp_run7 (copy)" is a name of its own.
        if (run.name == prefix + std::to_string(number)) highest = std::max(highest, number);
    }
    return prefix + std::to_string(highest + 1);
}

std::string History::next_id() const { return numbered_id(id_prefix, next_number_); }

Status History::save(Run run, const Model* model, CheckpointChange checkpoint) {
    if (!is_stored_id(run.id))
        return fail("bad-name", "\"" + run.id + "\" cannot be a run's id: use letters, digits, - and _.");
    if (newer_ids_.contains(run.id)) {
        return fail("newer-version",
                    "The run " + run.id + " was written by a newer version of Digit Lab. Reload the page to get it.");
    }
    const std::vector<StoredName> names = stored_names(files_);
    const auto revision = next_revision(names, run.id);
    if (!revision) return tl::unexpected(revision.error());

    const Run* previous = find(run.id);
    run.model_file = previous ? previous->model_file : "";
    run.checkpoint_file = previous && !checkpoint.drop ? previous->checkpoint_file : "";
    const StoredName model_name{"models", run.id, *revision, "dglb"};
    const StoredName checkpoint_name{"checkpoints", run.id, *revision, "dglb"};
    const StoredName run_name{"runs", run.id, *revision, "json"};
    // What cannot be written whole leaves files to which nothing refers. If they cannot be removed either, the next save of
    // this run does it.
    const auto undo = [&](Status failed) {
        if (checkpoint.model) (void)files_.remove(checkpoint_name.path());
        if (model) (void)files_.remove(model_name.path());
        return failed;
    };
    if (model) {
        if (Status written = files_.write(model_name.path(), encode_model(*model, Precision::half)); !written) return written;
        run.model_file = model_name.file();
    }
    if (checkpoint.model) {
        Status written = files_.write(checkpoint_name.path(), encode_model(*checkpoint.model, Precision::single));
        if (!written) return undo(std::move(written));
        run.checkpoint_file = checkpoint_name.file();
    }
    if (Status written = files_.write(run_name.path(), run_bytes(run)); !written) return undo(std::move(written));
    remove_superseded(names, run);
    put(std::move(run));
    return {};
}

Status History::remove(const std::string& id) {
    if (!find(id)) return unknown_run(id);
    for (const StoredName& name : stored_names(files_)) {
        if (name.id != id || spared_.contains(name.path())) continue;
        if (Status removed = files_.remove(name.path()); !removed) return removed;
    }
    std::erase_if(runs_, [&](const Run& run) { return run.id == id; });
    return {};
}

Result<Model> History::model(const std::string& id) const {
    const Run* run = find(id);
    if (!run) return unknown_run(id);
    if (run->model_file.empty())
        return fail("no-model", "The run " + run->name + " has no model: it ended before its first epoch.");
    return read_model(files_, "models/" + run->model_file);
}

Result<Model> History::checkpoint(const std::string& id) const {
    const Run* run = find(id);
    if (!run) return unknown_run(id);
    if (run->checkpoint_file.empty()) return fail("no-checkpoint", "The run " + run->name + " has not kept a checkpoint.");
    return read_model(files_, "checkpoints/" + run->checkpoint_file);
}

// The new revision is complete, so a failure here loses nothing: the next save of this run tries again.
void History::remove_superseded(const std::vector<StoredName>& names, const Run& run) {
    for (const StoredName& name : names) {
        const bool in_use = (name.folder == "models" && name.file() == run.model_file) ||
                            (name.folder == "checkpoints" && name.file() == run.checkpoint_file);
        if (name.id == run.id && !in_use && !spared_.contains(name.path())) (void)files_.remove(name.path());
    }
}

void History::put(Run run) {
    next_number_ = std::max(next_number_, number_after(run.id, id_prefix) + 1);
    std::erase_if(runs_, [&](const Run& old) { return old.id == run.id; });
    runs_.insert(std::ranges::upper_bound(runs_, run, is_older), std::move(run));
}

}  // namespace digitlab
