#pragma once

#include "data/ink.h"

namespace digitlab {

/// Mean width of the strokes in `crop` (0 paper to 255 ink), in pixels: twice the area over the length of the edge, which for a
/// long line is its width. 0 without ink.
double mean_stroke_width(const GreyImage& crop);

/// `crop` with strokes at least as wide, for its size, as those of most of MNIST: thinner ones grow by whole pixels all round,
/// the picture with them. MNIST was written with thick felt pens; a fine line that is shrunk to 20 pixels is fainter than
/// anything a model has learnt from. Pictures too small to say (below 56 pixels) stay as they are.
GreyImage with_usual_stroke_width(const GreyImage& crop);

}  // namespace digitlab
