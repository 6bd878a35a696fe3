#pragma once

#include "data/ink.h"

namespace digitlab {

/// Takes noise and the paper's grain out of a picture of ink and makes its ink black; the grey edges of strokes stay. A stroke
/// is what is strong somewhere and goes on while it is weaker (hysteresis), so that thin and uneven pens survive. A picture
/// without noise whose ink is black already, as a drawing's is, stays as it is.
GreyImage clean_ink(const GreyImage& ink);

}  // namespace digitlab
