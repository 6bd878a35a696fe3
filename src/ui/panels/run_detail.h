#pragma once

#include "ui/ui.h"

namespace digitlab {

const char* status_title(RunStatus status);

/// Draws everything known about one run, and the button that deletes it.
void draw_run_detail(const State& state, const Run& run, Ui& ui);
/// Withdraws the question whether to delete a run.
void forget_deletion(Ui& ui);

}  // namespace digitlab
