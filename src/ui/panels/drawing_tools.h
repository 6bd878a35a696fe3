#pragma once

#include "app/state.h"
#include "ui/ui.h"

namespace digitlab {

/// What lies beside the paper: pen and eraser, undo and redo, invert, clear, predict, opening a picture, and digits to try.
void draw_tools(const State& state, Ui& ui);

}  // namespace digitlab
