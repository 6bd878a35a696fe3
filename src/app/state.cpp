#include "app/state.h"

#include <algorithm>

namespace digitlab {

const char* title(View view) {
    switch (view) {
        case View::train: return "Train";
        case View::draw: return "Draw";
        case View::history: return "History";
        case View::inspect: return "Inspect";
        case View::data: return "Data";
        case View::about: return "About";
    }
    return "";
}

namespace {

const char* word(SavePhase phase) {
    switch (phase) {
        case SavePhase::saved: return "saved";
        case SavePhase::saving: return "saving";
        case SavePhase::failed: return "failed";
        case SavePhase::read_only: return "read-only";
    }
    return "";
}

const char* word(const TrainingState& training) {
    if (training.queued) return "queued";
    if (!training.active) return "idle";
    if (training.waiting) return "waiting-for-data";
    if (training.stopping) return "stopping";
    return training.paused ? "paused" : "training";
}

Json training_json(const TrainingState& training) {
    Json json = to_json(training.progress);
    json["state"] = word(training);
    json["runId"] = training.run_id;
    json["standsStill"] = training.active && training.stands_still;
    return json;
}

Json import_json(const ImportState& import) {
    Json json = {{"number", import.number},        {"active", import.active}, {"name", import.name},
                 {"shareDone", import.share_done}, {"rows", import.rows},     {"id", import.id}};
    json["error"] = Json();
    if (import.error) json["error"] = {{"code", import.error->code}, {"message", import.error->message}};
    return json;
}

Json to_json(const StoredAmount& amount) { return {{"count", amount.count}, {"bytes", amount.bytes}}; }

Json storage_json(const StorageState& storage) {
    return {{"persistence", word_for(persistence_words, storage.persistence)},
            {"runs", to_json(storage.runs)},
            {"models", to_json(storage.models)},
            {"drawings", to_json(storage.drawings)},
            {"datasets", to_json(storage.datasets)}};
}

}  // namespace

const ReadDigit* selected_digit(const DrawState& draw) {
    const auto& digits = draw.reading.digits;
    return draw.selected_digit < digits.size() ? &digits[draw.selected_digit] : nullptr;
}

GreyImage grey_of(const DrawState& draw) {
    if (draw.picture) return *draw.picture;
    GreyImage grey = draw.canvas.image();
    if (draw.light_on_dark) return grey;
    for (std::uint8_t& value : grey.ink) value = static_cast<std::uint8_t>(255 - value);
    return grey;
}

KnownClasses model_classes(const State& state, const std::string& id) {
    if (const Run* run = find_run(state, id)) {
        const DatasetEntry* dataset = state.datasets.find(run->spec.dataset);
        const int count = dataset ? dataset->classes : static_cast<int>(run->class_names.size());
        return {run->spec.dataset, dataset ? dataset->kind : DataKind::other, run->class_names, count};
    }
    const auto ready = std::ranges::find(state.ready_models, id, &ReadyModel::id);
    return ready == state.ready_models.end() ? KnownClasses{} : ready->classes;
}

const Run* find_run(const State& state, const std::string& id) {
    const auto found = std::ranges::find(state.runs, id, &Run::id);
    return found == state.runs.end() ? nullptr : &*found;
}

const TrainingState* find_training(const State& state, const std::string& run_id) {
    const auto found = std::ranges::find(state.trainings, run_id, &TrainingState::run_id);
    return found == state.trainings.end() ? nullptr : &*found;
}

bool is_trained_on(const State& state, const std::string& dataset) {
    return std::ranges::any_of(state.trainings,
                               [&](const TrainingState& one) { return !one.ended() && one.spec.dataset == dataset; });
}

const TrainingState& State::training() const {
    static const TrainingState none;
    const TrainingState* shown = find_training(*this, shown_training);
    return shown ? *shown : none;
}

int State::active_trainings() const { return static_cast<int>(std::ranges::count(trainings, true, &TrainingState::active)); }

std::string model_name(const State& state, const std::string& id) {
    if (const Run* run = find_run(state, id)) return run->name;
    const auto ready = std::ranges::find(state.ready_models, id, &ReadyModel::id);
    return ready == state.ready_models.end() ? id : ready->name;
}

Json to_json(const Environment& environment) {
    return {{"variant", environment.variant}, {"version", environment.version}, {"threads", environment.threads}};
}

Json status_json(const State& state) {
    Json json;
    json["view"] = title(state.view);
    json["training"] = training_json(state.training());
    json["trainings"] = Json::array();
    for (const TrainingState& one : state.trainings) json["trainings"].push_back(training_json(one));
    const DataState& mnist = state.datasets.mnist().data;
    json["data"] = {{"phase", to_string(mnist.phase)},
                    {"receivedBytes", mnist.received_bytes},
                    {"totalBytes", mnist.total_bytes},
                    {"failure", mnist.failure}};
    json["datasets"] = Json::array();
    for (const DatasetEntry& dataset : state.datasets.all) json["datasets"].push_back(to_json(dataset));
    json["dataset"] = state.form.spec.dataset;
    json["import"] = import_json(state.datasets.import);
    json["save"] = {{"phase", word(state.save.phase)}, {"message", state.save.message}};
    json["storage"] = storage_json(state.storage);
    json["models"] = state.models;
    json["runs"] = state.runs.size();
    json["drawings"] = state.drawings.all.size();
    Json notices = Json::array();
    for (const Notice& notice : state.notices) notices.push_back({{"error", notice.is_error}, {"text", notice.text}});
    json["notices"] = notices;
    return json;
}

}  // namespace digitlab
