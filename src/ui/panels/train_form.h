#pragma once

#include "ui/ui.h"

namespace digitlab {

/// What the next training will be, and the button that starts it.
void draw_train_form(const State& state, Ui& ui);

// Its parts.

/// What a beginner can leave alone: hidden until asked for. True when `form` was changed.
bool draw_more_settings(const State& state, TrainForm& form, Ui& ui);
/// Some training digits as the form's augmentation varies them.
void draw_augmentation_preview(const State& state, Ui& ui);
/// The layers of the custom network, to be changed; a card of its own.
void draw_architecture_editor(const TrainForm& form, Ui& ui);

}  // namespace digitlab
