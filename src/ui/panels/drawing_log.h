#pragma once

#include "ui/ui.h"

namespace digitlab {

/// The log of drawings: pictures, answers, labels; files of it.
void draw_drawing_log(const State& state, Ui& ui);

/// One drawing of the log: who answered what; its label, to be changed; its removal.
void draw_logged_drawing(const Drawing& drawing, Ui& ui);

/// What the labelled drawings are good for: testing a model, and teaching it.
void draw_drawing_lab(const State& state, Ui& ui);

}  // namespace digitlab
