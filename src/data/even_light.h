#pragma once

#include "data/ink.h"

namespace digitlab {

/// `grey` (0 black to 255 white) as if the light had been the same everywhere: the paper's brightness is estimated around every
/// place and its changes are taken away, as are soft shadows. Strokes up to a quarter of the picture thick keep their ink. What
/// has one paper along its border already, and pictures too small to have a light of their own, stay as they are.
GreyImage with_even_light(const GreyImage& grey);

}  // namespace digitlab
