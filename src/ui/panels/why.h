#pragma once

#include "ui/ui.h"

namespace digitlab {

/// Why a model answers as it does: where on the digit, and which training digits it takes for like it.
void draw_why(const State& state, Ui& ui);

}  // namespace digitlab
