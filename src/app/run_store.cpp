#include "app/run_store.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace digitlab {

namespace {

bool is_unfinished(const Run& run) { return run.status == RunStatus::running || run.status == RunStatus::queued; }

}  // namespace

RunStore::RunStore(State& state, Files& files, Stored stored)
    : state_(state), files_(files), history_(files), labels_(files), unsaved_(memory_), stored_(std::move(stored)) {
    state_.runs = history_.runs();
    for (Run& run : state_.runs) put_label(run);
}

std::vector<std::string> RunStore::problems() const {
    std::vector<std::string> all = history_.problems();
    all.insert(all.end(), labels_.problems().begin(), labels_.problems().end());
    return all;
}

StoredAmount RunStore::stored_runs() const {
    return {history_.runs().size(), history_.bytes_in("runs") + labels_.bytes_in("run-labels")};
}

StoredAmount RunStore::stored_models() const {
    const auto without = static_cast<std::size_t>(std::ranges::count(history_.runs(), "", &Run::model_file));
    return {history_.runs().size() - without, history_.bytes_in("models") + history_.bytes_in("checkpoints")};
}

const History& RunStore::history_with(const std::string Run::* file, const std::string& id) const {
    const Run* run = unsaved_.find(id);
    return run && !(run->*file).empty() ? unsaved_ : history_;
}

Result<Model> RunStore::model(const std::string& id) const { return history_with(&Run::model_file, id).model(id); }

Result<Model> RunStore::checkpoint(const std::string& id) const {
    return history_with(&Run::checkpoint_file, id).checkpoint(id);
}

Result<Bytes> RunStore::model_file(const Run& run) const {
    if (run.model_file.empty()) return Bytes{};
    return history_with(&Run::model_file, run.id).read_file("models", run.model_file);
}

Result<Bytes> RunStore::checkpoint_file(const Run& run) const {
    if (run.checkpoint_file.empty()) return Bytes{};
    return history_with(&Run::checkpoint_file, run.id).read_file("checkpoints", run.checkpoint_file);
}

// Runs that could not be stored are only in the state, so the history alone is not enough.
bool RunStore::taken(const std::string& id, const std::string& name) const {
    return std::ranges::any_of(state_.runs, [&](const Run& run) { return run.id == id || run.name == name; });
}

std::string RunStore::unused_id() {
    const bool alone = files_.read_only_reason().empty();
    for (int number = 1;; ++number) {
        (void)history_.begin_change();  // reads what other programs have added
        number = std::max(number, history_.next_number());
        std::string id = numbered_id("r-", number);
        if (!alone) id = with_random_word(id);  // the tab that can save may be using the same numbers
        if (taken(id, "")) continue;
        const Status claimed = claim(id);
        const bool busy = !claimed && claimed.error().code == "busy";
        // Another program may have used it until just now.
        if (!busy && number >= history_.next_number()) return id;
        claims_.erase(id);
    }
}

std::string RunStore::unused_name(const std::string& architecture_id) const {
    std::string name = history_.next_name(architecture_id);
    const std::string stem = name.substr(0, name.find_last_not_of("0123456789") + 1);
    for (int number = std::stoi(name.substr(stem.size())); taken("", name);) name = stem + std::to_string(++number);
    return name;
}

std::string RunStore::unused_variant(const std::string& name) const {
    std::string variant = name;
    for (int number = 2; taken("", variant); ++number) variant = name + " (" + std::to_string(number) + ")";
    return variant;
}

Status RunStore::hold_claim(const std::string& id) {
    if (claims_.contains(id)) return {};
    auto claimed = files_.claim(id);
    if (!claimed) return tl::unexpected(claimed.error());
    claims_[id] = std::move(*claimed);
    return {};
}

Status RunStore::claim(const std::string& id) {
    if (Status claimed = hold_claim(id); !claimed) return claimed;
    (void)history_.begin_change();
    const Run* stored = history_.find(id);
    if (stored && !unsaved_.find(id)) show(*stored);
    return {};
}

void RunStore::read_others() {
    (void)history_.begin_change();
    (void)labels_.begin_change();
    std::erase_if(state_.runs, [&](const Run& run) { return !history_.find(run.id) && !unsaved_.find(run.id); });
    for (const Run& run : history_.runs()) {
        if (!unsaved_.find(run.id) && !claims_.contains(run.id)) show(run);
    }
    std::ranges::stable_sort(state_.runs, {}, &Run::started_unix_secs);
}

void RunStore::end_abandoned() {
    for (const Run& listed : std::vector(state_.runs)) {
        if (!is_unfinished(listed) || !claim(listed.id)) continue;
        Run run = *find_run(state_, listed.id);
        if (is_unfinished(run)) {
            run.failure =
                run.status == RunStatus::queued
                    ? "The page was closed while this run was waiting for its turn."
                    : "The page was closed while this run was training; the model is that of its last finished epoch.";
            run.status = RunStatus::stopped;
            keep(run, nullptr);
        }
        claims_.erase(listed.id);
    }
}

void RunStore::keep(const Run& run, const Model* model, CheckpointChange checkpoint) {
    show(run);
    const Status claimed = is_unfinished(run) ? hold_claim(run.id) : Status{};
    const Status saved = claimed ? store(run, model, checkpoint) : claimed;
    if (!saved) keep_in_memory(run, model, checkpoint, saved.error());
    if (!is_unfinished(run)) claims_.erase(run.id);
    stored_(saved);
}

// Also stores what the last attempt left only in memory.
Status RunStore::store(const Run& run, const Model* model, CheckpointChange checkpoint) {
    const auto kept_model = unsaved_.model(run.id), kept_checkpoint = unsaved_.checkpoint(run.id);
    if (!model && kept_model) model = &*kept_model;
    if (!checkpoint.model && !checkpoint.drop && kept_checkpoint) checkpoint.model = &*kept_checkpoint;
    if (Status saved = history_.save(run, model, checkpoint); !saved) return saved;
    (void)unsaved_.remove(run.id);
    show(*history_.find(run.id));  // with the names of its files
    return {};
}

void RunStore::keep_in_memory(const Run& run, const Model* model, CheckpointChange checkpoint, const Error& why) {
    why_unsaved_ = why;
    if (!unsaved_.save(run, model, checkpoint)) return;
    Run shown = *unsaved_.find(run.id);
    if (const Run* stored = history_.find(run.id)) {
        if (shown.model_file.empty()) shown.model_file = stored->model_file;
        if (shown.checkpoint_file.empty() && !checkpoint.drop) shown.checkpoint_file = stored->checkpoint_file;
    }
    show(shown);
}

std::optional<Error> RunStore::unsaved() const { return unsaved_.runs().empty() ? std::nullopt : why_unsaved_; }

void RunStore::store_unsaved() {
    for (const Run& one : std::vector(unsaved_.runs())) {
        const Run run = *find_run(state_, one.id);
        const Status stored = store(run, nullptr, {nullptr, run.checkpoint_file.empty()});
        if (!stored) why_unsaved_ = stored.error();
        if (stored) stored_({});
    }
}

Result<std::string> RunStore::add(Run run, const Model* model, const Model* checkpoint) {
    // The run may be here under another id.
    const bool known = std::ranges::any_of(state_.runs, [&](const Run& here) {
        return here.started_unix_secs == run.started_unix_secs && here.weights_hash == run.weights_hash &&
               here.spec == run.spec && here.status == run.status && here.epochs.size() == run.epochs.size();
    });
    if (known) return std::string();
    const auto held = history_.begin_change();  // so that no other program takes the id
    if (!held) return tl::unexpected(held.error());
    if (find_run(state_, run.id) || history_.find(run.id)) run.id = unused_id();
    run.name = unused_variant(run.name);
    // It may still be training where it came from, but not here.
    if (is_unfinished(run)) run.status = RunStatus::stopped;
    const Status saved = history_.save(run, model, {checkpoint, false});
    claims_.erase(run.id);
    if (!saved) return tl::unexpected(saved.error());
    show(*history_.find(run.id));
    stored_({});
    return run.id;
}

Status RunStore::rename(const std::string& id, const std::string& name) {
    const auto run = std::ranges::find(state_.runs, id, &Run::id);
    if (run == state_.runs.end()) return unknown_run(id);
    if (name == run->name) return {};
    if (Status checked = check_name("A run", name, longest_run_name); !checked) return checked;
    if (taken("", name)) return fail("bad-name", "Another run is called " + name + ". Choose another name.");
    Status saved = labels_.save(id, {name});
    if (!saved) return saved;
    put_label(*run);
    stored_(saved);
    return {};
}

Status RunStore::remove(const std::string& id) {
    if (!find_run(state_, id)) return unknown_run(id);
    if (Status claimed = claim(id); !claimed && claimed.error().code == "busy") return claimed;
    Status removed = history_.find(id) ? history_.remove(id) : Status{};
    claims_.erase(id);
    if (!removed) return removed;
    (void)unsaved_.remove(id);
    (void)labels_.remove(id);
    std::erase_if(state_.runs, [gone = id](const Run& run) { return run.id == gone; });
    if (state_.selected_run == id) state_.selected_run.clear();
    stored_({});
    return {};
}

void RunStore::show(const Run& run) {
    auto place = std::ranges::find(state_.runs, run.id, &Run::id);
    if (place == state_.runs.end()) {
        place = state_.runs.insert(place, run);
    } else {
        *place = run;
    }
    put_label(*place);
}

void RunStore::put_label(Run& run) const {
    if (const RunLabel* label = labels_.find(run.id); label && !label->name.empty()) run.name = label->name;
}

}  // namespace digitlab
