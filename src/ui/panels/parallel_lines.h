#pragma once

#include <vector>

#include "ui/ui.h"

namespace digitlab {

/// Parallel coordinates (Inselberg, 1985): an axis for each varied setting and one for the best validation accuracy, a line for
/// each run, the stronger the better it is. All are of one sweep, best first.
void draw_parallel_lines(const std::vector<const Run*>& runs, Ui& ui);

}  // namespace digitlab
