#pragma once

#include "ui/ui.h"

namespace digitlab {

/// Asks whether the answer to the selected digit is right or what it truly is, and shows how well the models have done so far.
void draw_feedback(const State& state, Ui& ui);

}  // namespace digitlab
