#pragma once

#include <vector>

#include "ui/ui.h"

namespace digitlab {

/// Draws parallel coordinates (Inselberg, 1985): an axis for each varied setting and one for the best validation accuracy, and
/// a line for each run, stronger for better runs. All runs must be of one sweep, best first.
void draw_parallel_lines(const std::vector<const Run*>& runs, Ui& ui);

}  // namespace digitlab
