#pragma once

#include <string>

#include "ui/ui.h"

namespace digitlab {

/// What a checkbox looks like is drawn by its owner: this is the area `size` at the cursor that toggles it. True when `checked`
/// was changed. `min` is where the area begins.
bool toggle_area(Ui& ui, const char* name, bool& checked, ImVec2 size, const std::string& description, ImVec2& min);

/// The box with its tick, `side` wide.
void draw_tick_box(Ui& ui, ImVec2 min, float side, bool checked);

}  // namespace digitlab
