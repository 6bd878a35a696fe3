#pragma once

#include "data/ink.h"

namespace digitlab {

/// Ink of an evenly lit picture (0 black to 255 white): 0 paper, 255 as far from the paper as can be. The border shows what
/// paper is, and whatever differs most from it is ink, be it darker or lighter.
GreyImage ink_on_paper(const GreyImage& even);

}  // namespace digitlab
