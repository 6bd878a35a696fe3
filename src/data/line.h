#pragma once

#include <functional>
#include <span>
#include <vector>

#include "data/pieces.h"

namespace digitlab {

/// What cannot be parted any more on a line of writing: a piece of ink, or a part of one that was cut.
struct InkAtom {
    InkPiece ink;
    double cut_cost = 0;  ///< above 0: cut off the atom before it, and how unlikely the cut looks
};

/// A line of writing.
struct InkLine {
    std::vector<InkAtom> atoms;  ///< left to right
    double height = 0;           ///< of its tallest piece, in pixels
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

/// How well a group's shape suits one digit, as a logarithm of likelihood: 0 is no objection. Wide gaps between its pieces, a
/// shape wider than high and one much lower than the line speak against it.
double shape_score(const InkLine& line, InkGroup group);

/// More is better; by a judge who can read, the logarithm of a probability.
using JudgeGroup = std::function<double(InkGroup)>;

/// The best way to part a line into digits by the sum of the shapes' scores, the judge's, and the costs of the cuts made. The
/// judge is asked only of groups that the shape does not rule out. What remains too small for a digit is left out.
std::vector<InkGroup> part_line(const InkLine& line, const JudgeGroup& judge);

}  // namespace digitlab
