#include "ui/panels/spec_rows.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/train_form.h"
#include "base/text.h"
#include "ui/fields.h"
#include "ui/format.h"

namespace digitlab {

namespace {

bool draw_choices(const SpecField& row, ExperimentSpec& spec, const FieldOptions& options, Ui& ui) {
    std::vector<Choice> choices;
    for (const SpecChoice& choice : row.choices) choices.push_back({choice.word, choice.title});
    const auto chosen = combobox(ui, row.title, choices, chosen_word(row, spec), options);
    if (chosen) choose(row, *chosen, spec);
    return chosen.has_value();
}

// Draw the field that edits a value of each type; `draw_choices` draws values that are chosen from a list.
template <class Value>
bool draw_value(const SpecField&, Value&, const FieldOptions&, Ui&) {
    return false;
}
bool draw_value(const SpecField& row, int& value, const FieldOptions& options, Ui& ui) {
    return integer_field(ui, row.title, value, options);
}
bool draw_value(const SpecField& row, std::uint64_t& value, const FieldOptions& options, Ui& ui) {
    return seed_field(ui, row.title, value, options);
}
bool draw_value(const SpecField& row, float& value, const FieldOptions& options, Ui& ui) {
    return decimal_field(ui, row.title, value, options);
}
bool draw_value(const SpecField& row, EarlyStopping& stopping, const FieldOptions& options, Ui& ui) {
    return integer_field(ui, row.title, stopping.patience, options);
}
bool draw_value(const SpecField& row, std::optional<float>& value, const FieldOptions& options, Ui& ui) {
    const std::string shown = value ? general(static_cast<double>(*value)) : "as built";
    const auto text = field(ui, row.title, shown, options);
    if (!text) return false;
    const auto number = decimal_in(*text);
    value = number ? std::optional(static_cast<float>(*number)) : std::nullopt;
    return true;
}

// The text for a value of each type in the details of a run.
template <class Value>
std::string words_for(const Value&) {
    return "";
}
std::string words_for(int value) { return count(value); }
std::string words_for(std::uint64_t value) { return std::to_string(value); }
std::string words_for(float value) { return general(static_cast<double>(value)); }
std::string words_for(const std::string& value) { return value; }
std::string words_for(const std::optional<float>& value) { return value ? words_for(*value) : ""; }
std::string words_for(const Architecture& architecture) { return architecture.title; }
std::string words_for(const EarlyStopping& stopping) { return words_for(stopping.patience); }
std::string words_for(const Augmentation& augmentation) {
    if (!augmentation.any()) return "none";
    const float strength = augmentation_strength(augmentation);
    return strength > 0 ? "strength " + words_for(strength) : "its own";
}

}  // namespace

bool draw_form_part(FormPart part, ExperimentSpec& spec, Ui& ui) {
    FieldOptions options;
    options.width = (ui.width - ImGui::GetStyle().ItemSpacing.x) / 2;
    bool changed = false, second = false;
    for (const SpecField* row : fields_in(part, spec)) {
        if (second) ImGui::SameLine();
        second = !second;
        options.help = row->help;
        changed |= row->choices.empty()
                       ? visit_member(row->member, spec, [&](auto& value) { return draw_value(*row, value, options, ui); })
                       : draw_choices(*row, spec, options, ui);
    }
    return changed;
}

std::string value_text(const SpecField& field, const ExperimentSpec& spec) {
    if (std::holds_alternative<bool ExperimentSpec::*>(field.member)) return chosen_title(field, spec);
    if (!field.choices.empty()) return chosen_word(field, spec);
    return visit_member(field.member, spec, [](const auto& value) { return words_for(value); });
}

}  // namespace digitlab
