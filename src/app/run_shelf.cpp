#include "app/run_shelf.h"

#include <algorithm>
#include <utility>

namespace digitlab {

RunShelf::RunShelf(State& state, Files& files, Stored stored) : state_(state), history_(files), stored_(std::move(stored)) {
    state_.runs = history_.runs();
}

// A run that could not be stored is in the state only, so both are asked.
bool RunShelf::taken(const std::string& id, const std::string& name) const {
    return std::ranges::any_of(state_.runs, [&](const Run& run) { return run.id == id || run.name == name; });
}

std::string RunShelf::unused_id() const {
    std::string id = history_.next_id();
    while (taken(id, "")) id += "x";
    return id;
}

std::string RunShelf::unused_name(const std::string& architecture_id) const {
    std::string name = history_.next_name(architecture_id);
    const std::string stem = name.substr(0, name.find_last_not_of("0123456789") + 1);
    for (int number = std::stoi(name.substr(stem.size())); taken("", name);) name = stem + std::to_string(++number);
    return name;
}

void RunShelf::keep(const Run& run, const Model* model, CheckpointChange checkpoint) {
    show(run);
    const Status saved = history_.save(run, model, checkpoint);
    // With the names of its files.
    if (saved) show(*history_.find(run.id));
    stored_(saved);
}

Result<std::string> RunShelf::add(Run run, const Model* model, const Model* checkpoint) {
    // Under whatever id it was taken in before.
    const bool known = std::ranges::any_of(state_.runs, [&](const Run& here) {
        return here.started_unix_secs == run.started_unix_secs && here.weights_hash == run.weights_hash &&
               here.spec == run.spec && here.status == run.status && here.epochs.size() == run.epochs.size();
    });
    if (known) return std::string();
    if (find_run(state_, run.id)) run.id = unused_id();
    if (taken("", run.name)) run.name = unused_name(run.spec.architecture.id);
    // Where it trained it may still do so; here it does not.
    if (run.status == RunStatus::running || run.status == RunStatus::queued) run.status = RunStatus::stopped;
    if (Status saved = history_.save(run, model, {checkpoint, false}); !saved) return tl::unexpected(saved.error());
    show(*history_.find(run.id));
    stored_({});
    return run.id;
}

Status RunShelf::remove(const std::string& id) {
    if (!find_run(state_, id)) return fail("unknown-run", "There is no run \"" + id + "\".");
    if (history_.find(id)) {
        if (Status removed = history_.remove(id); !removed) return removed;
        stored_({});
    }
    std::erase_if(state_.runs, [&](const Run& run) { return run.id == id; });
    if (state_.selected_run == id) state_.selected_run.clear();
    return {};
}

void RunShelf::show(const Run& run) {
    const auto place = std::ranges::find(state_.runs, run.id, &Run::id);
    if (place == state_.runs.end()) {
        state_.runs.push_back(run);
    } else {
        *place = run;
    }
}

}  // namespace digitlab
