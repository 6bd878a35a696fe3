#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json_reader.h"
#include "train/spec.h"

namespace digitlab {

/// Points to a value inside a field, such as the weight decay of the optimizer.
template <class Field, class Value>
struct NestedMember {
    Field ExperimentSpec::* field;
    Value Field::* value;
};

/// Points to a value in the spec, by its type.
using SpecMember = std::variant<int ExperimentSpec::*, std::uint64_t ExperimentSpec::*, float ExperimentSpec::*,
                                bool ExperimentSpec::*, std::string ExperimentSpec::*, std::optional<float> ExperimentSpec::*,
                                RowOrder ExperimentSpec::*, Architecture ExperimentSpec::*, OptimizerSpec ExperimentSpec::*,
                                Schedule ExperimentSpec::*, Augmentation ExperimentSpec::*, EarlyStopping ExperimentSpec::*,
                                NestedMember<OptimizerSpec, float>, NestedMember<Schedule, float>, NestedMember<Schedule, int>,
                                NestedMember<EarlyStopping, EarlyStopping::Metric>>;

template <class Spec, class Value>
auto& member_of(Spec& spec, Value ExperimentSpec::* member) {
    return spec.*member;
}
template <class Spec, class Field, class Value>
auto& member_of(Spec& spec, NestedMember<Field, Value> member) {
    return spec.*member.field.*member.value;
}

/// Calls `visitor` with the member of `spec` that `member` points to.
template <class Spec, class Visitor>
decltype(auto) visit_member(const SpecMember& member, Spec& spec, Visitor&& visitor) {
    return std::visit([&](auto pointer) -> decltype(auto) { return visitor(member_of(spec, pointer)); }, member);
}

/// The numbers that a field may have.
struct SpecRange {
    double low = 0, high = 0;  ///< no range if both are 0
    bool above_low = false;    ///< `low` itself is not allowed
};

/// A value that is chosen from a list.
struct SpecChoice {
    const char* word;   ///< in JSON; for a boolean, "no" or the like comes first
    const char* title;  ///< the text to show
};

/// The parts of the form for a run. Fields that are `apart` have their own widgets.
enum class FormPart { apart, basics, start, optimizer, schedule, data, end };

/// Where the form shows a field: the fields of a part are sorted by their places.
struct FormPlace {
    FormPart part = FormPart::apart;
    int place = 0;
};

/// Everything about a field of a spec: JSON, checks, sweeps, the command line, the form and the details of a run come from
/// this.
struct SpecField {
    const char* key;    ///< in JSON; the command line writes "batchSize" as --batch-size
    const char* title;  ///< the name of the field in the form
    const char* help;   ///< what it does, in plain words
    SpecMember member;
    SpecRange range = {};
    std::span<const SpecChoice> choices = {};  ///< for a field that is chosen from a list
    char letter = 0;                           ///< the short option; 0 for none
    bool always_written = false;               ///< to JSON; other fields only if they do not have their default
    bool can_vary = false;                     ///< the page offers it for sweeps
    FormPlace form = {};
    bool always_in_run = false;                        ///< in the details of a run; other fields only if not default
    const char* run_title = "";                        ///< in the details of a run, if it differs from `title`
    bool (*applies)(const ExperimentSpec&) = nullptr;  ///< whether it has an effect, given the other fields; null: always
};

/// The fields of a spec, in the order of the JSON.
std::span<const SpecField> spec_fields();
/// The values inside fields, which are read and written with them. Their keys are like "optimizer.weightDecay".
std::span<const SpecField> spec_details();
/// Returns the field, or the value inside a field, with this key, which must exist.
const SpecField& spec_field(std::string_view key);

/// Returns every field, each followed by the values inside it.
const std::vector<const SpecField*>& fields_with_details();
/// Returns the fields of a part of the form that have an effect, given the other fields.
std::vector<const SpecField*> fields_in(FormPart part, const ExperimentSpec& spec);

/// The keys of all fields.
std::vector<std::string> spec_keys();

/// Whether the field has its default value.
bool is_usual(const SpecField& field, const ExperimentSpec& spec);

/// The value as in the JSON of a spec; null for an architecture without layers.
Json to_json(const SpecField& field, const ExperimentSpec& spec);

/// Returns the word of the field's current choice. The field must have choices.
std::string chosen_word(const SpecField& field, const ExperimentSpec& spec);
/// Returns the title of the current choice.
std::string chosen_title(const SpecField& field, const ExperimentSpec& spec);
/// Sets the field to the choice with this word, if there is one. Other values inside the field stay unchanged.
void choose(const SpecField& field, const std::string& word, ExperimentSpec& spec);

/// Reads the field if `reader` has its key.
void read_field(const SpecField& field, JsonReader& reader, ExperimentSpec& spec);

/// "a whole number from 1 to 1000", "shuffled, as-stored or by-class"; "" if there is no restriction.
std::string allowed_values(const SpecField& field);

/// Fails with "bad-spec" unless the value is in `range`, which is the field's range narrowed by the data set.
Status check_field(const SpecField& field, const SpecRange& range, const ExperimentSpec& spec);

}  // namespace digitlab
