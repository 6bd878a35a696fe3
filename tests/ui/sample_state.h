#pragma once

#include "app/state.h"

namespace digitlab {

/// A state with a bit of everything: an active training, three runs, a drawing with answers, data, notices.
State filled_state();

}  // namespace digitlab
