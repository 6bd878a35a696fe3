#pragma once

#include "data/ink.h"

namespace digitlab {

/// `grey` (0 black to 255 white) as if it had been evenly lit: estimates the brightness of the paper at every point and removes
/// its changes, including soft shadows. Strokes up to a quarter of the picture thick keep their ink. Pictures with the same
/// paper all along the border, and those too small to tell light from strokes, stay unchanged.
GreyImage with_even_light(const GreyImage& grey);

}  // namespace digitlab
