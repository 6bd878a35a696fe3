#include "train/spec_fields.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace digitlab {

namespace {

constexpr JsonWord<RowOrder> order_words[] = {
    {RowOrder::shuffled, "shuffled"}, {RowOrder::as_stored, "as-stored"}, {RowOrder::by_class, "by-class"}};
constexpr JsonWord<EarlyStopping::Metric> metric_words[] = {{EarlyStopping::Metric::accuracy, "accuracy"},
                                                            {EarlyStopping::Metric::loss, "loss"}};

Result<EarlyStopping> early_stopping_from_json(const Json& json) {
    EarlyStopping stopping;
    const Json object = json.is_object() ? json : Json{{"patience", json}};
    JsonReader reader(object, {"bad-spec"});
    reader.optional("patience", stopping.patience);
    reader.optional("metric", stopping.metric, metric_words);
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
void read(JsonReader& reader, const char* key, EarlyStopping::Metric& metric) { reader.optional(key, metric, metric_words); }
void read(JsonReader& reader, const char* key, RowOrder& order) { reader.optional(key, order, order_words); }
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

// How a member of each type is written.
template <class Value>
Json written(const Value& value) {
    return value;
}
Json written(float value) { return decimal(value); }
Json written(const std::optional<float>& value) { return value ? Json(decimal(*value)) : Json(); }
Json written(RowOrder order) { return to_string(order); }
Json written(EarlyStopping::Metric metric) { return to_string(metric); }
Json written(const OptimizerSpec& optimizer) { return to_json(optimizer); }
Json written(const Schedule& schedule) { return to_json(schedule); }
Json written(const Augmentation& augmentation) { return to_json(augmentation); }
Json written(const EarlyStopping& stopping) {
    return {{"patience", stopping.patience}, {"metric", to_string(stopping.metric)}};
}
Json written(const Architecture& architecture) {
    // A spec that starts from a model need not contain its architecture.
    if (architecture.layers.empty()) return {};
    const auto known = find_architecture(architecture.id);
    return known && *known == architecture ? Json(architecture.id) : to_json(architecture);
}

/// The number to check, if there is one.
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

// The word of the current choice of a member of each type; "" for types that are not chosen from a list.
template <class Value>
std::string word_of(const SpecField&, const Value&) {
    return "";
}
std::string word_of(const SpecField& field, bool value) { return field.choices[value ? 1 : 0].word; }
std::string word_of(const SpecField&, RowOrder order) { return to_string(order); }
std::string word_of(const SpecField&, EarlyStopping::Metric metric) { return to_string(metric); }
std::string word_of(const SpecField&, const OptimizerSpec& optimizer) { return to_string(optimizer.kind); }
std::string word_of(const SpecField&, const Schedule& schedule) { return to_string(schedule.kind); }

// How a member of each type is set to a choice.
template <class Value>
void set_word(const SpecField&, const std::string&, Value&) {}
void set_word(const SpecField& field, const std::string& word, bool& value) { value = word == field.choices[1].word; }
void set_word(const SpecField&, const std::string& word, RowOrder& order) {
    order = value_for<RowOrder>(order_words, word).value_or(order);
}
void set_word(const SpecField&, const std::string& word, EarlyStopping::Metric& metric) {
    metric = value_for<EarlyStopping::Metric>(metric_words, word).value_or(metric);
}
void set_word(const SpecField&, const std::string& word, OptimizerSpec& optimizer) {
    if (const auto read = optimizer_from_json(word)) optimizer.kind = read->kind;
}
void set_word(const SpecField&, const std::string& word, Schedule& schedule) {
    if (const auto read = schedule_from_json(word)) schedule.kind = read->kind;
}

bool is_float(const SpecField& field) {
    return std::holds_alternative<float ExperimentSpec::*>(field.member) ||
           std::holds_alternative<std::optional<float> ExperimentSpec::*>(field.member);
}

/// The shortest text of the number: "1000", "0.5".
std::string shortest(double number) {
    const bool whole = std::trunc(number) == number && std::abs(number) < 1e15;
    return whole ? std::to_string(static_cast<long long>(number)) : dump_json(decimal(static_cast<float>(number)));
}

bool contains(const SpecRange& range, double number) {
    return (range.above_low ? number > range.low : number >= range.low) && number <= range.high;  // false for NaN
}

std::string describe(const SpecField& field, const SpecRange& range) {
    const std::string low = shortest(range.low), high = shortest(range.high);
    const std::string kind = is_float(field) ? "a number " : "a whole number ";
    if (range.high >= std::numeric_limits<int>::max()) return kind + "of at least " + low;
    if (range.above_low) return kind + "above " + low + " and at most " + high;
    return kind + "from " + low + " to " + high;
}

std::vector<const SpecField*> all_fields() {
    std::vector<const SpecField*> all;
    for (const SpecField& field : spec_fields()) {
        all.push_back(&field);
        const std::string prefix = std::string(field.key) + ".";
        for (const SpecField& detail : spec_details()) {
            if (std::string_view(detail.key).starts_with(prefix)) all.push_back(&detail);
        }
    }
    return all;
}

}  // namespace

std::string to_string(EarlyStopping::Metric metric) { return word_for(metric_words, metric); }
std::string to_string(RowOrder order) { return word_for(order_words, order); }

const SpecField& spec_field(std::string_view key) {
    const auto is_it = [&](const SpecField& field) { return field.key == key; };
    const auto found = std::ranges::find_if(spec_fields(), is_it);
    return found != spec_fields().end() ? *found : *std::ranges::find_if(spec_details(), is_it);
}

const std::vector<const SpecField*>& fields_with_details() {
    static const std::vector<const SpecField*> all = all_fields();
    return all;
}

std::vector<const SpecField*> fields_in(FormPart part, const ExperimentSpec& spec) {
    std::vector<const SpecField*> some;
    for (const SpecField* field : fields_with_details()) {
        if (field->form.part == part && (!field->applies || field->applies(spec))) some.push_back(field);
    }
    std::ranges::sort(some, {}, [](const SpecField* field) { return field->form.place; });
    return some;
}

std::vector<std::string> spec_keys() {
    std::vector<std::string> keys;
    for (const SpecField& field : spec_fields()) keys.emplace_back(field.key);
    return keys;
}

bool is_usual(const SpecField& field, const ExperimentSpec& spec) {
    static const ExperimentSpec usual;
    return std::visit([&](auto member) { return member_of(spec, member) == member_of(usual, member); }, field.member);
}

Json to_json(const SpecField& field, const ExperimentSpec& spec) {
    return visit_member(field.member, spec, [](const auto& value) { return written(value); });
}

std::string chosen_word(const SpecField& field, const ExperimentSpec& spec) {
    // Early stopping always keeps the best weights.
    if (field.key == std::string_view("keepBest") && spec.early_stopping.patience > 0) return field.choices[1].word;
    return visit_member(field.member, spec, [&](const auto& value) { return word_of(field, value); });
}

std::string chosen_title(const SpecField& field, const ExperimentSpec& spec) {
    const auto found = std::ranges::find(field.choices, chosen_word(field, spec), &SpecChoice::word);
    return found == field.choices.end() ? "" : found->title;
}

void choose(const SpecField& field, const std::string& word, ExperimentSpec& spec) {
    visit_member(field.member, spec, [&](auto& value) { set_word(field, word, value); });
}

void read_field(const SpecField& field, JsonReader& reader, ExperimentSpec& spec) {
    visit_member(field.member, spec, [&](auto& value) { read(reader, field.key, value); });
}

std::string allowed_values(const SpecField& field) {
    if (std::holds_alternative<OptimizerSpec ExperimentSpec::*>(field.member)) return "one of " + listed(optimizer_names());
    if (std::holds_alternative<Schedule ExperimentSpec::*>(field.member)) return "one of " + listed(schedule_names());
    if (std::holds_alternative<RowOrder ExperimentSpec::*>(field.member))
        return "one of " + listed(all_words<RowOrder>(order_words));
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
