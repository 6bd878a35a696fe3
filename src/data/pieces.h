#pragma once

#include <span>
#include <vector>

#include "data/ink.h"

namespace digitlab {

/// Connected ink, cut out of its picture; other ink in its box is left out.
struct InkPiece {
    int left = 0, top = 0;  ///< where `ink` lies in the picture
    GreyImage ink;

    int right() const { return left + ink.width; }
    int bottom() const { return top + ink.height; }
};

/// The connected pieces (also across corners) of a clean picture of ink, in no particular order. Ink below an eighth of black
/// connects nothing, but belongs to the piece beside it.
std::vector<InkPiece> find_pieces(const GreyImage& clean);

/// `clean` without the long pieces that lie along its edge: the rim of a shadow, the table under the paper. They stay if there
/// is nothing else.
GreyImage without_rims(GreyImage clean);

/// One piece with the ink of all; `pieces` must not be empty.
InkPiece joined(std::span<const InkPiece> pieces);

/// The piece without the paper around its ink; it has no pixels if there is no ink.
InkPiece trimmed(const InkPiece& piece);

/// The amount of ink, in black pixels.
double ink_area(const InkPiece& piece);

/// The width of the piece's strokes in pixels: twice its area divided by its outline.
double stroke_width(const InkPiece& piece);

}  // namespace digitlab
