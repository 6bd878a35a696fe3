#pragma once

#include "train/spec_fields.h"
#include "ui/ui.h"

namespace digitlab {

/// Draws the fields of one part of the form, two per line. Returns true when one of them was changed.
bool draw_form_part(FormPart part, ExperimentSpec& spec, Ui& ui);

/// Returns the value of a field as the details of a run show it.
std::string value_text(const SpecField& field, const ExperimentSpec& spec);

}  // namespace digitlab
