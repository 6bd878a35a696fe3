#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json_reader.h"
#include "train/spec.h"

namespace digitlab {

/// Where a value is that belongs to a field, such as the weight decay to the optimizer.
template <class Field, class Value>
struct NestedMember {
    Field ExperimentSpec::* field;
    Value Field::* value;
};

/// Where a value is in the spec, by its type.
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

/// What numbers a field may have.
struct SpecRange {
    double low = 0, high = 0;  ///< no range when both are 0
    bool above_low = false;    ///< `low` itself is not allowed
};

/// A value that is chosen from a list.
struct SpecChoice {
    const char* word;   ///< in JSON; of a truth value, "no" or the like comes first
    const char* title;  ///< what people read
};

/// The parts of the form for a training. What is `apart` has a widget of its own there.
enum class FormPart { apart, basics, start, optimizer, schedule, data, end };

/// Where the form has a field: fields of a part come in the order of their places.
struct FormPlace {
    FormPart part = FormPart::apart;
    int place = 0;
};

/// All there is to know about a field of a spec: JSON, checks, sweeps, the command line, the form and the details of a run are
/// made from this.
struct SpecField {
    const char* key;    ///< in JSON; the command line writes "batchSize" as --batch-size
    const char* title;  ///< the name of the field in the form
    const char* help;   ///< what it does, in plain words
    SpecMember member;
    SpecRange range = {};
    std::span<const SpecChoice> choices = {};  ///< of a field that is chosen from a list
    char letter = 0;                           ///< of the short option, 0 for none
    bool always_written = false;               ///< into JSON; other fields only where they are not as usual
    bool can_vary = false;                     ///< the page offers it for sweeps
    FormPlace form = {};
    bool always_in_run = false;  ///< the details of a run have it; other fields only where they are not as usual
    const char* run_title = "";  ///< in the details of a run, when it is another than `title`
    bool (*applies)(const ExperimentSpec&) = nullptr;  ///< whether it means anything beside the others; null: always
};

/// The fields of a spec, in the order in which JSON has them.
std::span<const SpecField> spec_fields();
/// What belongs to a field and is read and written with it. The key is that of both: "optimizer.weightDecay".
std::span<const SpecField> spec_details();
/// Returns the field, or what belongs to one, with this key, which must exist.
const SpecField& spec_field(std::string_view key);

/// Returns every field, each with what belongs to it behind it.
const std::vector<const SpecField*>& fields_with_details();
/// Returns the fields of a part of the form that mean something beside the others.
std::vector<const SpecField*> fields_in(FormPart part, const ExperimentSpec& spec);

/// The keys of all fields.
std::vector<std::string> spec_keys();

/// Whether the field has the value that a spec has by itself.
bool is_usual(const SpecField& field, const ExperimentSpec& spec);

/// The value as in the JSON of a spec; null for an architecture without layers.
Json to_json(const SpecField& field, const ExperimentSpec& spec);

/// Returns the word of the choice that the field, which has choices, is at.
std::string chosen_word(const SpecField& field, const ExperimentSpec& spec);
/// Returns its title.
std::string chosen_title(const SpecField& field, const ExperimentSpec& spec);
/// Sets the field to the choice with this word, if there is one. What else belongs to the field stays.
void choose(const SpecField& field, const std::string& word, ExperimentSpec& spec);

/// Reads the field when `reader` has its key.
void read_field(const SpecField& field, JsonReader& reader, ExperimentSpec& spec);

/// "a whole number from 1 to 1000", "shuffled, as-stored or by-class"; "" where anything goes.
std::string allowed_values(const SpecField& field);

/// Whether the value is in the range, of which the data set leaves only what `range` says. Code "bad-spec".
Status check_field(const SpecField& field, const SpecRange& range, const ExperimentSpec& spec);

}  // namespace digitlab
