#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json_reader.h"
#include "train/spec.h"

namespace digitlab {

/// Where a field is in the spec, by its type.
using SpecMember = std::variant<int ExperimentSpec::*, std::uint64_t ExperimentSpec::*, float ExperimentSpec::*,
                                bool ExperimentSpec::*, std::string ExperimentSpec::*, std::optional<float> ExperimentSpec::*,
                                RowOrder ExperimentSpec::*, Architecture ExperimentSpec::*, OptimizerSpec ExperimentSpec::*,
                                Schedule ExperimentSpec::*, Augmentation ExperimentSpec::*, EarlyStopping ExperimentSpec::*>;

/// Calls `visitor` with the member of `spec` that `member` points to.
template <class Spec, class Visitor>
decltype(auto) visit_member(const SpecMember& member, Spec& spec, Visitor&& visitor) {
    return std::visit([&](auto pointer) -> decltype(auto) { return visitor(spec.*pointer); }, member);
}

/// What numbers a field may have.
struct SpecRange {
    double low = 0, high = 0;  ///< no range when both are 0
    bool above_low = false;    ///< `low` itself is not allowed
};

/// All there is to know about a field of a spec: JSON, checks, sweeps, the command line, the form and the details of a run are
/// made from this.
struct SpecField {
    const char* key;    ///< in JSON; the command line writes "batchSize" as --batch-size
    const char* title;  ///< for people
    const char* help;   ///< what it does, in plain words
    SpecMember member;
    SpecRange range = {};
    char letter = 0;              ///< of the short option, 0 for none
    bool always_written = false;  ///< into JSON; other fields only where they are not as usual
    bool can_vary = false;        ///< the page offers it for sweeps
    const char* run_title = "";   ///< in the details of a run, when it is another than `title`
};

/// In the order in which JSON has them.
std::span<const SpecField> spec_fields();
/// The field must exist.
const SpecField& spec_field(std::string_view key);

/// The keys of all fields.
std::vector<std::string> spec_keys();

/// Whether the field has the value that a spec has by itself.
bool is_usual(const SpecField& field, const ExperimentSpec& spec);

/// The value as in the JSON of a spec; null for an architecture without layers.
Json to_json(const SpecField& field, const ExperimentSpec& spec);

/// Reads the field when `reader` has its key.
void read_field(const SpecField& field, JsonReader& reader, ExperimentSpec& spec);

/// "a whole number from 1 to 1000", "shuffled, as-stored or by-class"; "" where anything goes.
std::string allowed_values(const SpecField& field);

/// Whether the value is in the range, of which the data set leaves only what `range` says. Code "bad-spec".
Status check_field(const SpecField& field, const SpecRange& range, const ExperimentSpec& spec);

}  // namespace digitlab
