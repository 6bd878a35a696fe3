#pragma once

#include "data/ink.h"

namespace digitlab {

/// The ink of an evenly lit picture (0 black to 255 white): 0 is paper, 255 is as far from the paper as possible. The border
/// shows what paper is, and what differs most from it, darker or lighter, is ink.
GreyImage ink_on_paper(const GreyImage& even);

}  // namespace digitlab
