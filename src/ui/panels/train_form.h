#pragma once

#include "ui/ui.h"

namespace digitlab {

/// What the next training will be, and the button that starts it.
void draw_train_form(const State& state, Ui& ui);

}  // namespace digitlab
