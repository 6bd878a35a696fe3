#pragma once

#include "ui/ui.h"

namespace digitlab {

/// Draws the form for the next run, and the button that starts it.
void draw_train_form(const State& state, Ui& ui);

// Its parts.

/// Draws the settings that beginners can leave alone, hidden until unfolded. Returns true when `form` was changed.
bool draw_more_settings(const State& state, TrainForm& form, Ui& ui);
/// Draws some training digits as the form's augmentation varies them.
void draw_augmentation_preview(const State& state, Ui& ui);
/// Draws the editor for the layers of the custom network, on its own card.
void draw_architecture_editor(const TrainForm& form, Ui& ui);

}  // namespace digitlab
