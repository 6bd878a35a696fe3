#pragma once

#include "ui/ui.h"

namespace digitlab {

/// Draws what happens inside a run: pictures of a batch with right and wrong answers, and the confusion matrix so far.
void draw_training_view(const State& state, Ui& ui);

/// Draws the runs that train and wait, if there are several, and the choice of how many train at once.
void draw_queue(const State& state, Ui& ui);

}  // namespace digitlab
