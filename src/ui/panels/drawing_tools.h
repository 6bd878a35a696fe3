#pragma once

#include "app/state.h"
#include "ui/ui.h"

namespace digitlab {

/// Draws the tools beside the paper: pen and eraser, undo and redo, invert, clear, predict, open a picture, and sample digits.
void draw_tools(const State& state, Ui& ui);

}  // namespace digitlab
