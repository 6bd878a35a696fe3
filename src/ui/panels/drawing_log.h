#pragma once

#include "ui/ui.h"

namespace digitlab {

/// Draws the log of drawings: pictures, answers, labels and exports.
void draw_drawing_log(const State& state, Ui& ui);

/// Draws one drawing of the log with its answers, and lets the user change its label or remove it.
void draw_logged_drawing(const Drawing& drawing, Ui& ui);

/// Draws what the labelled drawings can be used for: testing and training a model.
void draw_drawing_lab(const State& state, Ui& ui);

}  // namespace digitlab
