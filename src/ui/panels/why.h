#pragma once

#include "ui/ui.h"

namespace digitlab {

/// Draws why a model answers as it does: which parts of the digit matter, and which training images it considers similar.
void draw_why(const State& state, Ui& ui);

}  // namespace digitlab
