#pragma once

#include "app/state.h"
#include "ui/ui.h"

namespace digitlab {

/// Draws the steps from the paper to what the models see: a small picture of each, with a checkbox that switches it off.
void draw_stages(const DrawState& draw, Ui& ui);

}  // namespace digitlab
