#pragma once

#include "app/state.h"
#include "ui/ui.h"

namespace digitlab {

/// The drawing area: the paper with the drawing or a picture on it, and a box around each digit of several.
void draw_paper(const DrawState& draw, Ui& ui);

/// What is seen above and below a paper on a wide page, in CSS pixels, and how large a paper may become.
inline constexpr float beside_paper = 344, largest_paper = 448, smallest_paper = 160;

}  // namespace digitlab
