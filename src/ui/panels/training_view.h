#pragma once

#include "ui/ui.h"

namespace digitlab {

/// What happens inside a training: pictures of a mini-batch with right and wrong answers, and its confusion matrix so far.
void draw_training_view(const State& state, Ui& ui);

/// What trains and what waits, when there is more than one, and how many train at once.
void draw_queue(const State& state, Ui& ui);

}  // namespace digitlab
