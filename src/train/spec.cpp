#include "train/spec.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "train/spec_fields.h"

namespace digitlab {

namespace {

/// The number of rows that a run uses, including those for validation.
int rows_used(const ExperimentSpec& spec, std::size_t training_rows) {
    const int rows = static_cast<int>(training_rows);
    return spec.subset > 0 ? std::min(spec.subset, rows) : rows;
}

/// The field's range, narrowed by the data set and the network.
SpecRange range_for(const SpecField& field, const ExperimentSpec& spec, std::size_t training_rows) {
    SpecRange range = field.range;
    const std::string_view key = field.key;
    const int used = rows_used(spec, training_rows);
    double most = range.high;
    if (key == "subset") most = static_cast<double>(training_rows);
    if (key == "validationCount") most = std::max(0, used - 1);
    if (key == "batchSize" && used > spec.validation_count) most = used - spec.validation_count;
    if (key == "frozenLayers") most = std::max(0.0, static_cast<double>(spec.architecture.layers.size()) - 1);
    range.high = std::min(range.high, most);
    return range;
}

/// Two epochs of large steps: the fastest way to reach 99 % with every seed.
void use_sprint_recipe(ExperimentSpec& spec) {
    spec.epochs = 2;
    spec.batch_size = 256;
    spec.learning_rate = 0.01F;
    spec.optimizer.beta1 = 0.7F;
    spec.optimizer.beta2 = 0.9F;
    spec.schedule.kind = ScheduleKind::one_cycle;
}

/// Many epochs in which no image is seen twice.
void use_champion_recipe(ExperimentSpec& spec) {
    spec.epochs = 20;
    spec.batch_size = 128;
    spec.learning_rate = 0.006F;
    spec.schedule.kind = ScheduleKind::one_cycle;
    spec.augmentation = standard_augmentation(1);
}

}  // namespace

Architecture trained_architecture(const ExperimentSpec& spec) {
    Architecture network = spec.architecture;
    if (!spec.dropout || network.layers.empty()) return network;
    bool found = false;
    for (LayerSpec& layer : network.layers) {
        if (layer.kind != LayerKind::dropout) continue;
        layer.rate = *spec.dropout;
        found = true;
    }
    if (found || *spec.dropout == 0) return network;
    LayerSpec dropout;
    dropout.kind = LayerKind::dropout;
    dropout.rate = *spec.dropout;
    // Add layers refer to layers by number, so only the last layer may move.
    network.layers.insert(network.layers.end() - 1, dropout);
    return network;
}

ExperimentSpec default_spec(const Architecture& architecture) {
    ExperimentSpec spec;
    spec.architecture = architecture;
    spec.learning_rate = default_learning_rate(spec.optimizer.kind);
    if (architecture.id == "sprint") use_sprint_recipe(spec);
    if (architecture.id == "champion") use_champion_recipe(spec);
    return spec;
}

ExperimentSpec fine_tune_spec(const Architecture& architecture, const std::string& model_id) {
    ExperimentSpec spec;
    spec.architecture = architecture;
    spec.start_from = model_id;
    spec.epochs = 2;
    spec.learning_rate = 0.0005F;
    spec.augmentation = standard_augmentation(1);
    spec.subset = 6000;
    spec.validation_count = 1000;
    return spec;
}

Result<ExperimentSpec> spec_from_json(const Json& json) {
    ExperimentSpec named;
    JsonReader reader(json, {"bad-spec"}, "A training is described by an object, such as {\"architecture\": \"mlp\"}.");
    reader.known_keys(spec_keys(), "a setting of a training");
    read_field(spec_field("startFrom"), reader, named);
    read_field(spec_field("architecture"), reader, named);
    if (!reader.ok()) return reader.finish(std::move(named));
    if (named.start_from.empty() && !reader.has("architecture")) named.architecture = *find_architecture("mlp");
    ExperimentSpec spec =
        named.start_from.empty() ? default_spec(named.architecture) : fine_tune_spec(named.architecture, named.start_from);
    for (const SpecField& field : spec_fields()) {
        read_field(field, reader, spec);
        if (field.key == std::string_view("optimizer") && reader.has(field.key)) {
            spec.learning_rate = default_learning_rate(spec.optimizer.kind);
        }
    }
    if (spec.subset > 0 && !reader.has("validationCount")) {
        spec.validation_count = std::min(spec.validation_count, spec.subset / 10);
    }
    return reader.finish(std::move(spec));
}

Json to_json(const ExperimentSpec& spec) {
    Json json = Json::object();
    for (const SpecField& field : spec_fields()) {
        if (!field.always_written && is_usual(field, spec)) continue;
        if (Json value = to_json(field, spec); !value.is_null()) json[field.key] = std::move(value);
    }
    return json;
}

Status check_spec(const ExperimentSpec& spec, std::size_t training_rows) {
    for (const SpecField& field : spec_fields()) {
        if (Status ok = check_field(field, range_for(field, spec, training_rows), spec); !ok) return ok;
    }
    if ((spec.early_stopping.patience > 0 || spec.keep_best) && spec.validation_count == 0) {
        return fail("bad-spec", "The best epoch is found by validation: keep some images for it (validation count).");
    }
    if (Status ok = check_augmentation(spec.augmentation); !ok) return ok;
    if (auto shapes = infer_shapes(trained_architecture(spec)); !shapes) return tl::unexpected(shapes.error());
    return {};
}

}  // namespace digitlab
