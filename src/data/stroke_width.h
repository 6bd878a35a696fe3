#pragma once

#include "data/ink.h"

namespace digitlab {

/// The mean width of the strokes in `crop` (0 paper to 255 ink), in pixels: twice the area divided by the length of the edge,
/// which for a long line is its width. 0 if there is no ink.
double mean_stroke_width(const GreyImage& crop);

/// `crop` with strokes at least as wide, for its size, as most of those in MNIST: thinner ones grow by whole pixels on every
/// side, and the picture with them. MNIST was written with thick felt pens; a fine line shrunk to 20 pixels is fainter than
/// anything a model has learned from. Pictures too small to tell (below 56 pixels) stay unchanged.
GreyImage with_usual_stroke_width(const GreyImage& crop);

}  // namespace digitlab
