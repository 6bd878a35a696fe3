#pragma once

#include "ui/ui.h"

namespace digitlab {

const char* status_title(RunStatus status);

/// Everything known of one run, and the button that deletes it.
void draw_run_detail(const State& state, const Run& run, Ui& ui);
/// No run is waiting any more for its deletion to be confirmed.
void forget_deletion(Ui& ui);

}  // namespace digitlab
