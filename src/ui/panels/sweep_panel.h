#pragma once

#include "ui/ui.h"

namespace digitlab {

/// Draws the form for the next sweep, and the runs of a sweep: as a table, best first, and as lines through their settings.
void draw_sweeps(const State& state, Ui& ui);

}  // namespace digitlab
