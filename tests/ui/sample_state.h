#pragma once

#include "app/state.h"

namespace digitlab {

/// A state with a bit of everything: a training under way, three runs, a drawing with answers, data, a notice.
State filled_state();

}  // namespace digitlab
