#pragma once

#include "data/ink.h"

namespace digitlab {

/// Removes noise and the grain of the paper from a picture of ink and makes its ink black; the grey edges of strokes stay. A
/// stroke must be strong somewhere, but may continue with weaker ink (hysteresis), so that thin and uneven pens survive. A
/// picture without noise whose ink is already black, such as a drawing, stays unchanged.
GreyImage clean_ink(const GreyImage& ink);

}  // namespace digitlab
