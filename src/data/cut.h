#pragma once

#include <vector>

#include "data/line.h"

namespace digitlab {

/// Cuts a piece of ink, that may be digits which touch, at every place where that is plausible: from top to bottom along the
/// way with the least ink (a seam). The atoms from left to right; one when there is no such place. `line_height` in pixels.
std::vector<InkAtom> cut_apart(const InkPiece& piece, double line_height);

}  // namespace digitlab
