#pragma once

#include <functional>
#include <span>
#include <vector>

#include "data/pieces.h"

namespace digitlab {

/// The smallest part of a line of writing: a piece of ink, or a part of one that was cut.
struct InkAtom {
    InkPiece ink;
    double cut_cost = 0;  ///< how unlikely the cut from the atom before it looks; 0 if there is no cut
};

/// A line of writing.
struct InkLine {
    std::vector<InkAtom> atoms;  ///< left to right
    double height = 0;           ///< height of its tallest piece, in pixels
};

/// Sorts pieces into lines, top to bottom. Specks are dropped.
std::vector<InkLine> find_lines(std::vector<InkPiece> pieces);

/// Atoms [first, last) of a line that make one digit.
struct InkGroup {
    std::size_t first = 0, last = 0;

    bool operator==(const InkGroup&) const = default;
};

/// The group's ink as one piece.
InkPiece ink_of(const InkLine& line, InkGroup group);

/// How well a group's shape suits one digit, as a logarithm of likelihood; 0 is a perfect fit. Wide gaps between its pieces, a
/// shape wider than it is high, and one much lower than the line reduce it.
double shape_score(const InkLine& line, InkGroup group);

/// Rates a group, higher is better: the logarithm of the probability that it is a digit.
using JudgeGroup = std::function<double(InkGroup)>;

/// Splits a line into digits in the best way, by the sum of the shapes' scores, the judge's scores and the costs of the cuts.
/// The judge is only asked about groups that their shape does not rule out. Groups too small for a digit are left out.
std::vector<InkGroup> split_line(const InkLine& line, const JudgeGroup& judge);

}  // namespace digitlab
