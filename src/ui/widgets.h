#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ui/ui.h"

namespace digitlab {

// The elements of panels. Each draws itself at the cursor across the column, reports itself to the mirror and takes from it
// what was done to its accessible twin. `key` identifies elements whose text is not unique or changes.

enum class TextStyle { title, body, strong, muted, small, problem };
void text(Ui& ui, std::string_view words, TextStyle style = TextStyle::body, const char* key = nullptr);
void heading(Ui& ui, std::string_view words);
/// Text whose changes a screen reader announces.
void status(Ui& ui, std::string_view words, TextStyle style = TextStyle::strong, const char* key = "status");

inline constexpr float button_height = 40;

enum class ButtonKind { plain, primary, quiet, danger };
struct ButtonOptions {
    const char* icon = nullptr;
    ButtonKind kind = ButtonKind::plain;
    bool enabled = true;
    bool icon_only = false;       ///< the name is only for the mirror
    const char* label = nullptr;  ///< visible label, when it is not the name
    float width = 0;              ///< 0: as wide as its contents
    std::string description = {};
    std::optional<bool> stays_pressed = {};  ///< set for buttons that stay pressed: whether it is pressed
};
/// Returns true when pressed.
bool button(Ui& ui, const char* name, const ButtonOptions& options = {});

/// A button as wide as the column that shows and hides the part below. Returns true when pressed.
bool expander(Ui& ui, const char* name, bool open, const std::string& description = {});

struct TabOptions {
    const char* icon = nullptr;
    bool selected = false;
    bool icon_above = false;
    ImVec2 size = {0, 40};  ///< width 0: as wide as its contents
};
bool tab(Ui& ui, const char* name, const TabOptions& options);

/// `share` from 0 to 1.
void progress_bar(Ui& ui, const char* name, double share);

/// A labelled figure, `width` wide; mirrored as the text "label figure".
void tile(Ui& ui, const char* label, std::string_view figure, float width);

/// Keeps the next widget on this line if `width` still fits into the column; otherwise it starts a new line.
void same_line_if_fits(Ui& ui, float width);

}  // namespace digitlab
