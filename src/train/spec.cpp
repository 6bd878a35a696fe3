#include "train/spec.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace digitlab {

namespace {

constexpr int most_epochs = 1000;
constexpr int largest_batch = 1024;
constexpr int most_threads = 64;
constexpr float largest_learning_rate = 10;

constexpr std::string_view known_keys[] = {
    "architecture",    "epochs",         "batchSize", "seed",      "threads",      "optimizer",    "learningRate",
    "validationCount", "subset",         "schedule",  "startFrom", "augmentation", "drawings",     "dropout",
    "earlyStopping",   "labelSmoothing", "keepBest",  "order",     "labelNoise",   "frozenLayers", "dataset"};

constexpr std::pair<RowOrder, std::string_view> orders[] = {
    {RowOrder::shuffled, "shuffled"}, {RowOrder::as_stored, "as-stored"}, {RowOrder::by_class, "by-class"}};
constexpr std::pair<EarlyStopping::Metric, std::string_view> stopping_metrics[] = {
    {EarlyStopping::Metric::accuracy, "accuracy"}, {EarlyStopping::Metric::loss, "loss"}};

template <class Value, std::size_t count>
std::string word_for(const std::pair<Value, std::string_view> (&words)[count], Value value) {
    return std::string(std::ranges::find(words, value, &std::pair<Value, std::string_view>::first)->second);
}

/// Reads one of `words` from `json[key]`, when it is there.
template <class Value, std::size_t count>
Status read_word(const Json& json, const char* key, const std::pair<Value, std::string_view> (&words)[count], Value& target) {
    std::string word = word_for(words, target);
    if (Status read = read_optional(json, key, word); !read) return fail("bad-spec", read.error().message);
    std::string known;
    for (const auto& [value, name] : words) {
        if (name == word) {
            target = value;
            return {};
        }
        known += (known.empty() ? "" : ", ") + std::string(name);
    }
    return fail("bad-spec", "\"" + std::string(key) + "\" must be one of " + known + ", not \"" + word + "\".");
}

Result<Architecture> read_architecture(const Json& json) {
    const auto given = json.find("architecture");
    if (given == json.end()) return json.contains("startFrom") ? Result<Architecture>() : find_architecture("mlp");
    if (given->is_string()) return find_architecture(given->get<std::string>());
    return architecture_from_json(*given);
}

Status check_keys(const Json& json) {
    for (const auto& [key, value] : json.items()) {
        if (std::ranges::find(known_keys, key) == std::end(known_keys)) {
            return fail("bad-spec", "\"" + key +
                                        "\" is not a setting of a training. Known are architecture, epochs, batchSize, "
                                        "seed, optimizer, learningRate, schedule, labelSmoothing, augmentation, "
                                        "validationCount, subset, threads, dropout, earlyStopping, keepBest, order, "
                                        "labelNoise, startFrom, frozenLayers, drawings and dataset.");
        }
    }
    return {};
}

/// Errors of JSON types become errors of the spec: the caller knows it gave a spec, not that it was JSON.
Status as_spec_error(Status status) {
    if (status) return status;
    return fail("bad-spec", status.error().message);
}

Status read_numbers(const Json& json, ExperimentSpec& spec) {
    if (Status ok = read_optional(json, "epochs", spec.epochs); !ok) return ok;
    if (Status ok = read_optional(json, "batchSize", spec.batch_size); !ok) return ok;
    if (Status ok = read_optional(json, "seed", spec.seed); !ok) return ok;
    if (Status ok = read_optional(json, "validationCount", spec.validation_count); !ok) return ok;
    if (Status ok = read_optional(json, "subset", spec.subset); !ok) return ok;
    if (Status ok = read_optional(json, "threads", spec.threads); !ok) return ok;
    if (Status ok = read_optional(json, "labelSmoothing", spec.label_smoothing); !ok) return ok;
    if (Status ok = read_optional(json, "labelNoise", spec.label_noise); !ok) return ok;
    if (Status ok = read_optional(json, "frozenLayers", spec.frozen_layers); !ok) return ok;
    if (Status ok = read_optional(json, "keepBest", spec.keep_best); !ok) return ok;
    if (json.contains("dropout")) {
        spec.dropout = 0.0F;
        if (Status ok = read_optional(json, "dropout", *spec.dropout); !ok) return ok;
    }
    return read_optional(json, "learningRate", spec.learning_rate);
}

Status read_early_stopping(const Json& json, EarlyStopping& stopping) {
    const auto given = json.find("earlyStopping");
    if (given == json.end()) return {};
    const Json object = given->is_object() ? *given : Json{{"patience", *given}};
    if (Status ok = read_optional(object, "patience", stopping.patience); !ok) return fail("bad-spec", ok.error().message);
    return read_word(object, "metric", stopping_metrics, stopping.metric);
}

Status check_share(const char* field, float share, float most) {
    if (share >= 0 && share <= most) return {};
    return fail("bad-spec", std::string(field) + " must be from 0 to " + dump_json(decimal(most)) + ".");
}

std::string between(const char* field, int low, std::size_t high, int given) {
    return std::string(field) + " must be a whole number from " + std::to_string(low) + " to " + std::to_string(high) +
           ", not " + std::to_string(given) + ".";
}

/// Two epochs of large steps: the fastest road to 99 % that gets there with every seed.
void use_sprint_recipe(ExperimentSpec& spec) {
    spec.epochs = 2;
    spec.batch_size = 256;
    spec.learning_rate = 0.01F;
    spec.optimizer.beta1 = 0.7F;
    spec.optimizer.beta2 = 0.9F;
    spec.schedule.kind = ScheduleKind::one_cycle;
}

/// Many epochs in which no picture comes twice.
void use_champion_recipe(ExperimentSpec& spec) {
    spec.epochs = 20;
    spec.batch_size = 128;
    spec.learning_rate = 0.006F;
    spec.schedule.kind = ScheduleKind::one_cycle;
    spec.augmentation = standard_augmentation(1);
}

}  // namespace

std::string to_string(EarlyStopping::Metric metric) { return word_for(stopping_metrics, metric); }
std::string to_string(RowOrder order) { return word_for(orders, order); }

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
    // Residual sums count layers from the front, so nothing before the last one moves.
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
    if (!json.is_object())
        return fail("bad-spec", "A training is described by an object, such as {\"architecture\": \"mlp\"}.");
    if (Status ok = check_keys(json); !ok) return tl::unexpected(ok.error());
    auto architecture = read_architecture(json);
    if (!architecture) return tl::unexpected(architecture.error());
    std::string start_from;
    if (Status ok = as_spec_error(read_optional(json, "startFrom", start_from)); !ok) return tl::unexpected(ok.error());
    ExperimentSpec spec = start_from.empty() ? default_spec(*architecture) : fine_tune_spec(*architecture, start_from);
    if (Status ok = as_spec_error(read_optional(json, "drawings", spec.drawings)); !ok) return tl::unexpected(ok.error());
    if (Status ok = as_spec_error(read_optional(json, "dataset", spec.dataset)); !ok) return tl::unexpected(ok.error());
    if (const auto optimizer = json.find("optimizer"); optimizer != json.end()) {
        auto read = optimizer_from_json(*optimizer);
        if (!read) return tl::unexpected(read.error());
        spec.optimizer = *read;
        spec.learning_rate = default_learning_rate(read->kind);
    }
    if (Status ok = as_spec_error(read_numbers(json, spec)); !ok) return tl::unexpected(ok.error());
    if (Status ok = read_early_stopping(json, spec.early_stopping); !ok) return tl::unexpected(ok.error());
    if (Status ok = read_word(json, "order", orders, spec.order); !ok) return tl::unexpected(ok.error());
    if (spec.subset > 0 && !json.contains("validationCount")) {
        spec.validation_count = std::min(spec.validation_count, spec.subset / 10);
    }
    if (const auto schedule = json.find("schedule"); schedule != json.end()) {
        auto read = schedule_from_json(*schedule);
        if (!read) return tl::unexpected(read.error());
        spec.schedule = *read;
    }
    if (const auto augmentation = json.find("augmentation"); augmentation != json.end()) {
        auto read = augmentation_from_json(*augmentation);
        if (!read) return tl::unexpected(read.error());
        spec.augmentation = *read;
    }
    return spec;
}

Json to_json(const ExperimentSpec& spec) {
    const auto known = find_architecture(spec.architecture.id);
    const bool of_catalogue = known && *known == spec.architecture;
    Json written = {{"architecture", of_catalogue ? Json(spec.architecture.id) : to_json(spec.architecture)},
                    {"epochs", spec.epochs},
                    {"batchSize", spec.batch_size},
                    {"seed", spec.seed},
                    {"optimizer", to_json(spec.optimizer)},
                    {"learningRate", decimal(spec.learning_rate)},
                    {"schedule", to_json(spec.schedule)},
                    {"labelSmoothing", decimal(spec.label_smoothing)},
                    {"augmentation", to_json(spec.augmentation)},
                    {"validationCount", spec.validation_count},
                    {"subset", spec.subset},
                    {"threads", spec.threads}};
    // Whoever goes on from a model need not know what it is made of.
    if (spec.architecture.layers.empty()) written.erase("architecture");
    if (!spec.start_from.empty()) written["startFrom"] = spec.start_from;
    if (spec.frozen_layers != 0) written["frozenLayers"] = spec.frozen_layers;
    if (spec.drawings) written["drawings"] = true;
    if (spec.dropout) written["dropout"] = decimal(*spec.dropout);
    if (spec.early_stopping != EarlyStopping{}) {
        written["earlyStopping"] = {{"patience", spec.early_stopping.patience},
                                    {"metric", to_string(spec.early_stopping.metric)}};
    }
    if (spec.keep_best) written["keepBest"] = true;
    if (spec.order != RowOrder::shuffled) written["order"] = to_string(spec.order);
    if (spec.label_noise != 0) written["labelNoise"] = decimal(spec.label_noise);
    if (spec.dataset != mnist_id) written["dataset"] = spec.dataset;
    return written;
}

Status check_spec(const ExperimentSpec& spec, std::size_t training_rows) {
    const int rows = static_cast<int>(training_rows);
    const int used = spec.subset > 0 ? std::min(spec.subset, rows) : rows;
    if (spec.epochs < 1 || spec.epochs > most_epochs) return fail("bad-spec", between("Epochs", 1, most_epochs, spec.epochs));
    if (spec.subset < 0 || spec.subset > rows) return fail("bad-spec", between("Subset", 0, training_rows, spec.subset));
    if (spec.validation_count < 0 || spec.validation_count >= used) {
        return fail("bad-spec",
                    between("Validation count", 0, static_cast<std::size_t>(std::max(0, used - 1)), spec.validation_count));
    }
    const int trained_on = used - spec.validation_count;
    const int most = std::min(largest_batch, trained_on);
    if (spec.batch_size < 1 || spec.batch_size > most) {
        return fail("bad-spec", between("Batch size", 1, static_cast<std::size_t>(most), spec.batch_size));
    }
    if (!std::isfinite(spec.learning_rate) || spec.learning_rate <= 0 || spec.learning_rate > largest_learning_rate) {
        return fail("bad-spec", "Learning rate must be a number above 0 and at most 10; 0.004 is a good start.");
    }
    for (const Status& ok :
         {check_share("Label smoothing", spec.label_smoothing, 0.5F), check_share("Label noise", spec.label_noise, 1),
          check_share("Dropout", spec.dropout.value_or(0), 0.9F)}) {
        if (!ok) return ok;
    }
    if (spec.early_stopping.patience < 0 || spec.early_stopping.patience > most_epochs) {
        return fail("bad-spec", between("Patience", 0, most_epochs, spec.early_stopping.patience));
    }
    if ((spec.early_stopping.patience > 0 || spec.keep_best) && spec.validation_count == 0) {
        return fail("bad-spec", "The best epoch is found by validation: keep some images for it (validation count).");
    }
    if (spec.threads < 0 || spec.threads > most_threads)
        return fail("bad-spec", between("Threads", 0, most_threads, spec.threads));
    if (Status ok = check_augmentation(spec.augmentation); !ok) return ok;
    if (auto shapes = infer_shapes(trained_architecture(spec)); !shapes) return tl::unexpected(shapes.error());
    const auto layers = spec.architecture.layers.size();
    if (spec.frozen_layers < 0 || static_cast<std::size_t>(spec.frozen_layers) >= layers) {
        return fail("bad-spec", between("Frozen layers", 0, layers - 1, spec.frozen_layers));
    }
    return {};
}

}  // namespace digitlab
