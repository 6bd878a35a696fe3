#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/ui.h"

namespace digitlab {

// Widgets with a value. Texts are typed into a real <input> that the page lays over the field; what arrives is parsed
// strictly, and a text that does not parse leaves the value as it was and a problem at the field.

struct FieldOptions {
    float width = 0;              ///< 0: the column's
    const char* label = nullptr;  ///< what is seen, when it is not the name
    bool inside = false;          ///< label within the box, or none for a combobox; a problem is told by `problem_at`
    std::string help = {};        ///< what it does, in plain words
};

/// Draws a labelled field. The new text, trimmed, once it was entered.
std::optional<std::string> field(Ui& ui, const char* name, const std::string& value, const FieldOptions& options = {});

/// Each true when `value` was changed.
bool integer_field(Ui& ui, const char* name, int& value, const FieldOptions& options = {});
bool seed_field(Ui& ui, const char* name, std::uint64_t& value, const FieldOptions& options = {});
bool decimal_field(Ui& ui, const char* name, double& value, const FieldOptions& options = {});
bool decimal_field(Ui& ui, const char* name, float& value, const FieldOptions& options = {});

/// Why the last text entered at this field was not taken; "" when it was.
std::string problem_at(Ui& ui, const char* name);
/// The texts that were not taken are gone, and so are their problems.
void forget_field_problems(Ui& ui);

/// Several lines, `height` high, with the problem below.
std::optional<std::string> text_area(Ui& ui, const char* name, const std::string& value, float height,
                                     const std::string& problem, const std::string& help);

struct Choice {
    std::string id;     ///< what the program calls it
    std::string title;  ///< what people read
};
/// The id chosen anew, if it is another; the mirror may name it by id or by title.
std::optional<std::string> combobox(Ui& ui, const char* name, const std::vector<Choice>& choices, const std::string& chosen,
                                    const FieldOptions& options = {});

struct SliderOptions {
    const char* unit = "";
    std::string help = {};
};
/// True while it is moved.
bool slider(Ui& ui, const char* name, float& value, float minimum, float maximum, float step,
            const SliderOptions& options = {});

}  // namespace digitlab
