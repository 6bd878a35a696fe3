#include "train/spec_fields.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace digitlab {

namespace {

constexpr double any_count = std::numeric_limits<int>::max();

constexpr JsonWord<RowOrder> orders[] = {
    {RowOrder::shuffled, "shuffled"}, {RowOrder::as_stored, "as-stored"}, {RowOrder::by_class, "by-class"}};
constexpr JsonWord<EarlyStopping::Metric> stopping_metrics[] = {{EarlyStopping::Metric::accuracy, "accuracy"},
                                                                {EarlyStopping::Metric::loss, "loss"}};

using Spec = ExperimentSpec;

constexpr SpecField fields[] = {
    {.key = "architecture",
     .title = "Architecture",
     .help = "How the network is built. Larger ones are more accurate and take longer.",
     .member = &Spec::architecture,
     .letter = 'a',
     .always_written = true,
     .can_vary = true},
    {.key = "epochs",
     .title = "Epochs",
     .help = "How many times the network sees every training digit.",
     .member = &Spec::epochs,
     .range = {1, 1000},
     .letter = 'e',
     .always_written = true,
     .can_vary = true},
    {.key = "batchSize",
     .title = "Batch size",
     .help = "How many digits it looks at before each correction of its weights.",
     .member = &Spec::batch_size,
     .range = {1, 1024},
     .letter = 'b',
     .always_written = true,
     .can_vary = true},
    {.key = "seed",
     .title = "Seed",
     .help = "Where the random numbers begin. The same seed repeats a training.",
     .member = &Spec::seed,
     .letter = 's',
     .always_written = true,
     .can_vary = true},
    {.key = "optimizer",
     .title = "Optimizer",
     .help = "The rule by which weights are corrected. Adam suits most networks.",
     .member = &Spec::optimizer,
     .letter = 'o',
     .always_written = true,
     .can_vary = true},
    {.key = "learningRate",
     .title = "Learning rate",
     .help = "How large each correction is. Too small learns slowly, too large learns nothing.",
     .member = &Spec::learning_rate,
     .range = {0, 10, true},
     .letter = 'l',
     .always_written = true,
     .can_vary = true},
    {.key = "schedule",
     .title = "Schedule",
     .help = "How the learning rate changes from the beginning of a training to its end.",
     .member = &Spec::schedule,
     .always_written = true,
     .can_vary = true},
    {.key = "labelSmoothing",
     .title = "Label smoothing",
     .help = "Share of each label, 0 to 0.5, given to all digits alike, against overconfidence.",
     .member = &Spec::label_smoothing,
     .range = {0, 0.5},
     .always_written = true,
     .can_vary = true},
    {.key = "augmentation",
     .title = "Augmentation",
     .help =
         "Turns, shifts and bends each training picture a little, so that the network sees none twice. 0 is off, 1 is usual.",
     .member = &Spec::augmentation,
     .always_written = true,
     .can_vary = true},
    {.key = "validationCount",
     .title = "Validation count",
     .help = "How many training digits are kept aside to measure each epoch with; of a data set other than MNIST at most a "
             "sixth.",
     .member = &Spec::validation_count,
     .range = {0, any_count},
     .always_written = true,
     .run_title = "Validation digits"},
    {.key = "subset",
     .title = "Subset",
     .help = "Trains on this many digits only, which is faster. 0 means all.",
     .member = &Spec::subset,
     .range = {0, any_count},
     .always_written = true,
     .can_vary = true,
     .run_title = "Training digits"},
    {.key = "threads",
     .title = "Threads",
     .help = "How many to use at most. 0 means all there are. Changes the time, never the result.",
     .member = &Spec::threads,
     .range = {0, 64},
     .always_written = true},
    {.key = "startFrom",
     .title = "Begin with",
     .help =
         "Fine-tuning goes on from what a model knows, with small corrections. For other classes its last layer begins anew.",
     .member = &Spec::start_from},
    {.key = "frozenLayers",
     .title = "Frozen layers",
     .help = "This many layers, counted from the first, keep the weights they have. 0: all learn.",
     .member = &Spec::frozen_layers,
     .range = {0, any_count}},
    {.key = "drawings",
     .title = "Drawings",
     .help = "Your labelled drawings, repeated and varied, make up a third of what it learns from.",
     .member = &Spec::drawings},
    {.key = "dropout",
     .title = "Dropout",
     .help = "Share of signals, 0 to 0.9, that are switched off at random while training, against learning by heart. Empty: as "
             "the network is built.",
     .member = &Spec::dropout,
     .range = {0, 0.9},
     .can_vary = true},
    {.key = "earlyStopping",
     .title = "Patience",
     .help =
         "Early stopping: ends after this many epochs in a row without a better one, with the weights of the best. 0 is off.",
     .member = &Spec::early_stopping,
     .range = {0, 1000}},
    {.key = "keepBest",
     .title = "Weights kept",
     .help = "Which weights the model has in the end. Early stopping keeps the best.",
     .member = &Spec::keep_best},
    {.key = "order",
     .title = "Order",
     .help = "In which order an epoch takes the digits. Only shuffled learns well.",
     .member = &Spec::order},
    {.key = "labelNoise",
     .title = "Label noise",
     .help = "Share of the training labels, 0 to 1, replaced by wrong ones, to see what that does.",
     .member = &Spec::label_noise,
     .range = {0, 1},
     .can_vary = true},
    {.key = "dataset", .title = "Data set", .help = "What it learns from.", .member = &Spec::dataset},
};

Result<EarlyStopping> early_stopping_from_json(const Json& json) {
    EarlyStopping stopping;
    const Json object = json.is_object() ? json : Json{{"patience", json}};
    JsonReader reader(object, {"bad-spec"});
    reader.optional("patience", stopping.patience);
    reader.optional("metric", stopping.metric, stopping_metrics);
    return reader.finish(stopping);
}

/// An id of the catalogue, or the architecture itself.
Result<Architecture> architecture_from_id_or_json(const Json& json) {
    return json.is_string() ? find_architecture(json.get_ref<const std::string&>()) : architecture_from_json(json);
}

// How a member of each type is read.
template <class Value>
void read(JsonReader& reader, const char* key, Value& value) {
    reader.optional(key, value);
}
void read(JsonReader& reader, const char* key, RowOrder& order) { reader.optional(key, order, orders); }
void read(JsonReader& reader, const char* key, OptimizerSpec& optimizer) {
    reader.optional(key, optimizer, optimizer_from_json);
}
void read(JsonReader& reader, const char* key, Schedule& schedule) { reader.optional(key, schedule, schedule_from_json); }
void read(JsonReader& reader, const char* key, Augmentation& augmentation) {
    reader.optional(key, augmentation, augmentation_from_json);
}
void read(JsonReader& reader, const char* key, EarlyStopping& stopping) {
    reader.optional(key, stopping, early_stopping_from_json);
}
void read(JsonReader& reader, const char* key, Architecture& architecture) {
    const Json* given = reader.find(key);
    if (!given) return;
    auto found = architecture_from_id_or_json(*given);
    reader.keep(found);  // with its own code
    if (found) architecture = std::move(*found);
}

// How it is written.
template <class Value>
Json written(const Value& value) {
    return value;
}
Json written(float value) { return decimal(value); }
Json written(const std::optional<float>& value) { return value ? Json(decimal(*value)) : Json(); }
Json written(RowOrder order) { return to_string(order); }
Json written(const OptimizerSpec& optimizer) { return to_json(optimizer); }
Json written(const Schedule& schedule) { return to_json(schedule); }
Json written(const Augmentation& augmentation) { return to_json(augmentation); }
Json written(const EarlyStopping& stopping) {
    return {{"patience", stopping.patience}, {"metric", to_string(stopping.metric)}};
}
Json written(const Architecture& architecture) {
    // Whoever goes on from a model need not know what it is made of.
    if (architecture.layers.empty()) return {};
    const auto known = find_architecture(architecture.id);
    return known && *known == architecture ? Json(architecture.id) : to_json(architecture);
}

/// The number that is checked, where there is one.
template <class Value>
std::optional<double> number_of(const Value&) {
    return std::nullopt;
}
std::optional<double> number_of(int number) { return number; }
std::optional<double> number_of(float number) { return static_cast<double>(number); }
std::optional<double> number_of(const EarlyStopping& stopping) { return stopping.patience; }
std::optional<double> number_of(const std::optional<float>& number) {
    return number ? std::optional(static_cast<double>(*number)) : std::nullopt;
}

bool is_float(const SpecField& field) {
    return std::holds_alternative<float Spec::*>(field.member) ||
           std::holds_alternative<std::optional<float> Spec::*>(field.member);
}

/// The shortest text of the number: "1000", "0.5".
std::string shortest(double number) {
    const bool whole = std::trunc(number) == number && std::abs(number) < 1e15;
    return whole ? std::to_string(static_cast<long long>(number)) : dump_json(decimal(static_cast<float>(number)));
}

bool contains(const SpecRange& range, double number) {
    return (range.above_low ? number > range.low : number >= range.low) && number <= range.high;  // false for what is no number
}

std::string describe(const SpecField& field, const SpecRange& range) {
    const std::string low = shortest(range.low), high = shortest(range.high);
    const std::string kind = is_float(field) ? "a number " : "a whole number ";
    if (range.high >= any_count) return kind + "of at least " + low;
    if (range.above_low) return kind + "above " + low + " and at most " + high;
    return kind + "from " + low + " to " + high;
}

}  // namespace

std::string to_string(EarlyStopping::Metric metric) { return word_for(stopping_metrics, metric); }
std::string to_string(RowOrder order) { return word_for(orders, order); }

std::span<const SpecField> spec_fields() { return fields; }

const SpecField& spec_field(std::string_view key) {
    return *std::ranges::find_if(fields, [&](const SpecField& field) { return field.key == key; });
}

std::vector<std::string> spec_keys() {
    std::vector<std::string> keys;
    for (const SpecField& field : fields) keys.emplace_back(field.key);
    return keys;
}

bool is_usual(const SpecField& field, const ExperimentSpec& spec) {
    static const ExperimentSpec usual;
    return std::visit([&](auto member) { return spec.*member == usual.*member; }, field.member);
}

Json to_json(const SpecField& field, const ExperimentSpec& spec) {
    return visit_member(field.member, spec, [](const auto& value) { return written(value); });
}

void read_field(const SpecField& field, JsonReader& reader, ExperimentSpec& spec) {
    visit_member(field.member, spec, [&](auto& value) { read(reader, field.key, value); });
}

std::string allowed_values(const SpecField& field) {
    if (std::holds_alternative<OptimizerSpec Spec::*>(field.member)) return "one of " + listed(optimizer_names());
    if (std::holds_alternative<Schedule Spec::*>(field.member)) return "one of " + listed(schedule_names());
    if (std::holds_alternative<RowOrder Spec::*>(field.member)) return "one of " + listed(all_words<RowOrder>(orders));
    const bool ranged = field.range.low != 0 || field.range.high != 0;
    return ranged ? describe(field, field.range) : "";
}

Status check_field(const SpecField& field, const SpecRange& range, const ExperimentSpec& spec) {
    const auto number = visit_member(field.member, spec, [](const auto& value) { return number_of(value); });
    if (!number || contains(range, *number)) return {};
    std::string message = std::string(field.title) + " must be " + describe(field, range);
    if (std::isfinite(*number)) message += ", not " + shortest(*number);
    return fail("bad-spec", message + ".");
}

}  // namespace digitlab
