#pragma once

#include "app/state.h"
#include "ui/ui.h"

namespace digitlab {

/// Draws the drawing area: the paper with the drawing or a picture on it, and a box around each of several digits.
void draw_paper(const DrawState& draw, Ui& ui);

/// In CSS pixels: the height of everything above and below the paper on a wide page, and the limits of the paper's side.
inline constexpr float beside_paper = 344, largest_paper = 448, smallest_paper = 160;

}  // namespace digitlab
