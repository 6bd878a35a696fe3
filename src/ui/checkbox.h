#pragma once

#include <string>

#include "ui/ui.h"

namespace digitlab {

/// The area of `size` at the cursor that toggles a checkbox, which the caller draws. Returns true when `checked` was changed;
/// sets `min` to the top left corner of the area.
bool toggle_area(Ui& ui, const char* name, bool& checked, ImVec2 size, const std::string& description, ImVec2& min);

/// Draws the box, `side` wide, with its tick.
void draw_tick_box(Ui& ui, ImVec2 min, float side, bool checked);

}  // namespace digitlab
