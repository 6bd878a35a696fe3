#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/ui.h"

namespace digitlab {

// Widgets with a value. Texts are typed into a real <input> that the page lays over the field. They are parsed strictly; a text
// that does not parse leaves the value unchanged, and the field shows the problem.

struct FieldOptions {
    float width = 0;              ///< 0: the column's
    const char* label = nullptr;  ///< visible label, when it is not the name
    bool inside = false;          ///< label inside the box, or none for a combobox; `problem_at` returns any problem
    std::string help = {};        ///< what it does, in plain words
};

/// Draws a labelled field. Returns the new text, trimmed, once it was entered.
std::optional<std::string> field(Ui& ui, const char* name, const std::string& value, const FieldOptions& options = {});

/// Each returns true when `value` was changed.
bool integer_field(Ui& ui, const char* name, int& value, const FieldOptions& options = {});
bool seed_field(Ui& ui, const char* name, std::uint64_t& value, const FieldOptions& options = {});
bool decimal_field(Ui& ui, const char* name, double& value, const FieldOptions& options = {});
bool decimal_field(Ui& ui, const char* name, float& value, const FieldOptions& options = {});

/// Returns why the last text entered in this field was rejected; "" when it was accepted.
std::string problem_at(Ui& ui, const char* name);
/// Forgets the problems of all fields.
void forget_field_problems(Ui& ui);

/// Draws a field of several lines, `height` high, with the problem below. Returns the new text once it was entered.
std::optional<std::string> text_area(Ui& ui, const char* name, const std::string& value, float height,
                                     const std::string& problem, const std::string& help);

/// Returns the newly chosen id, if it is a different one; the mirror may pass an id or a title.
std::optional<std::string> combobox(Ui& ui, const char* name, const std::vector<Choice>& choices, const std::string& chosen,
                                    const FieldOptions& options = {});

struct SliderOptions {
    const char* unit = "";
    std::string help = {};
};
/// Returns true while it is moved.
bool slider(Ui& ui, const char* name, float& value, float minimum, float maximum, float step,
            const SliderOptions& options = {});

}  // namespace digitlab
