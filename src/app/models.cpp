#include "app/models.h"

#include <utility>
#include <vector>

#include "base/json_reader.h"
#include "nn/model_file.h"

namespace digitlab {

Status Models::add(const Run& run, const Model& model) {
    if (Status added = predictor_.add(run.id, run.name, model); !added) return added;
    changed(run.id);
    return {};
}

Status Models::add_ready(const Bytes& file, const std::string& id) {
    const auto model = decode_model(file);
    if (!model) return tl::unexpected(model.error());
    ReadyModel ready;
    JsonReader notes(model->notes, {"bad-model", "The ready-made model's notes cannot be read: "});
    notes.optional("id", ready.id);
    notes.optional("name", ready.name);
    notes.optional("testAccuracy", ready.test_accuracy);
    notes.optional("epochs", ready.epochs);
    if (!notes.ok()) return notes.status();
    if (!id.empty()) ready.id = ready.name = id;
    if (ready.id.empty() || find_run(state_, ready.id)) {
        return fail("bad-model", "The ready-made model has no id of its own.");
    }
    ready.architecture = model->architecture;
    ready.parameters = parameter_count(model->architecture);
    if (Status added = predictor_.add(ready.id, ready.name, *model); !added) return added;
    ready.classes = predictor_.classes(ready.id);
    show(std::move(ready));
    return {};
}

void Models::show(ReadyModel ready) {
    const std::string id = ready.id;
    std::erase_if(state_.ready_models, [&](const ReadyModel& one) { return one.id == id; });
    state_.ready_models.push_back(std::move(ready));
    changed(id);
}

void Models::rename(const std::string& id, const std::string& name) {
    predictor_.rename(id, name);
    changed(id);
}

void Models::remove(const std::string& id) {
    predictor_.remove(id);
    changed(id);
}

void Models::changed(const std::string& id) {
    state_.models = predictor_.ids();
    ++state_.revision;
    changed_(id);
}

}  // namespace digitlab
