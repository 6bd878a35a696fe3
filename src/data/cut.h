#pragma once

#include <vector>

#include "data/line.h"

namespace digitlab {

/// Cuts a piece of ink, which may hold touching digits, wherever that is plausible: from top to bottom along the path with the
/// least ink (a seam). Returns the atoms from left to right, or one if there is nowhere to cut. `line_height` is in pixels.
std::vector<InkAtom> cut_apart(const InkPiece& piece, double line_height);

}  // namespace digitlab
