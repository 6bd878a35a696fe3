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

/// Draws a labelled field, `width` wide. The new text, trimmed, once it was entered.
std::optional<std::string> field(Ui& ui, const char* name, const std::string& value, float width);

/// Each true when `value` was changed.
bool integer_field(Ui& ui, const char* name, int& value, float width);
bool seed_field(Ui& ui, const char* name, std::uint64_t& value, float width);
bool decimal_field(Ui& ui, const char* name, double& value, float width);

struct Choice {
    std::string id;     ///< what the program calls it
    std::string title;  ///< what people read
};
/// The id chosen anew; the mirror may name it by id or by title.
std::optional<std::string> combobox(Ui& ui, const char* name, const std::vector<Choice>& choices, const std::string& chosen);

/// True while it is moved.
bool slider(Ui& ui, const char* name, float& value, float minimum, float maximum, float step, const char* unit);

}  // namespace digitlab
