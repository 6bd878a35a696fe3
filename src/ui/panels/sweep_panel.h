#pragma once

#include "ui/ui.h"

namespace digitlab {

/// What the next sweep varies, and the runs of the latest: as a table, best first, and as lines through what they were given.
void draw_sweeps(const State& state, Ui& ui);

}  // namespace digitlab
