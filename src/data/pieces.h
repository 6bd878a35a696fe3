#pragma once

#include <span>
#include <vector>

#include "data/ink.h"

namespace digitlab {

/// Ink that hangs together, cut out of its picture; what else lies in its box is left out.
struct InkPiece {
    int left = 0, top = 0;  ///< where `ink` lies in the picture
    GreyImage ink;

    int right() const { return left + ink.width; }
    int bottom() const { return top + ink.height; }
};

/// The connected pieces (over corners, too) of a clean picture of ink, in no particular order. Ink of less than an eighth of
/// black connects nothing, but belongs to the piece beside it.
std::vector<InkPiece> find_pieces(const GreyImage& clean);

/// `clean` without the long pieces that lie along its edge: the rim of a shadow, the table under the paper. They stay where
/// there is nothing else.
GreyImage without_rims(GreyImage clean);

/// One piece with the ink of all; `pieces` is not empty.
InkPiece joined(std::span<const InkPiece> pieces);

/// The piece with paper around its ink cut off; without pixels when it has none.
InkPiece trimmed(const InkPiece& piece);

/// Ink in black pixels.
double ink_area(const InkPiece& piece);

/// How wide the piece's strokes are, in pixels: twice its area by its outline.
double stroke_width(const InkPiece& piece);

}  // namespace digitlab
