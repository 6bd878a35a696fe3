#pragma once

#include "train/spec_fields.h"
#include "ui/ui.h"

namespace digitlab {

/// Draws the fields of a part of the form for a training, two on a line. Returns true when one of them was changed.
bool draw_form_part(FormPart part, ExperimentSpec& spec, Ui& ui);

/// Returns the value of a field as the details of a run show it.
std::string value_text(const SpecField& field, const ExperimentSpec& spec);

}  // namespace digitlab
