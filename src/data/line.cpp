#include "data/line.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace digitlab {

namespace {

// Shares of the tallest piece's height.
constexpr double speck_share = 0.04;     ///< anything smaller in both directions is dirt
constexpr double large_share = 0.4;      ///< a digit, or most of one
constexpr double digit_share = 0.45;     ///< anything lower is hardly a digit of this line
constexpr double smallest_share = 0.25;  ///< anything smaller is not a digit at all
constexpr double stacked_gap = 0.15;     ///< largest gap between two halves of one digit, one above the other

// Costs, as logarithms of likelihoods.
constexpr double a_digit = 0.3;        ///< of each digit: fewer digits are likelier
constexpr double gap_cost = 8;         ///< of a gap within a digit, as wide as the line is high
constexpr double two_tall_cost = 1.2;  ///< of two tall pieces side by side in one digit
constexpr double overlap_cost = 8;     ///< of digits that overlap horizontally by all of the narrower one's width
constexpr double low_cost = 4;         ///< of a digit much lower than its line
constexpr double wide_cost = 8;        ///< of each unit of width / height above `widest_usual`
constexpr double widest_usual = 1.1;   ///< width / height
constexpr double ruled_out = -7;       ///< shapes with a lower score are not shown to the judge
constexpr std::size_t most_atoms = 8;  ///< of one digit

double share_overlapping(int first_low, int first_high, int second_low, int second_high) {
    const int shared = std::min(first_high, second_high) - std::max(first_low, second_low);
    const int smaller = std::min(first_high - first_low, second_high - second_low);
    return static_cast<double>(shared) / std::max(smaller, 1);
}

double side_by_side(const InkPiece& a, const InkPiece& b) { return share_overlapping(a.top, a.bottom(), b.top, b.bottom()); }
double above_another(const InkPiece& a, const InkPiece& b) { return share_overlapping(a.left, a.right(), b.left, b.right()); }

/// Whether these may be two halves of one digit, one just above the other.
bool stacked(const InkPiece& a, const InkPiece& b, int tallest) {
    const int gap = std::max(a.top, b.top) - std::min(a.bottom(), b.bottom());
    return above_another(a, b) > 0.5 && gap < stacked_gap * tallest;
}

/// A line while its pieces are being found.
struct Band {
    std::vector<InkPiece> pieces;
    int top = 0, bottom = 0;

    explicit Band(InkPiece first) : top(first.top), bottom(first.bottom()) { pieces.push_back(std::move(first)); }

    void add(InkPiece piece) {
        top = std::min(top, piece.top);
        bottom = std::max(bottom, piece.bottom());
        pieces.push_back(std::move(piece));
    }
    int distance(const InkPiece& piece) const { return std::max({piece.top - bottom, top - piece.bottom(), 0}); }
    bool takes(const InkPiece& piece, int tallest) const {
        return std::ranges::any_of(
            pieces, [&](const InkPiece& own) { return side_by_side(own, piece) > 0.3 || stacked(own, piece, tallest); });
    }
};

/// A slanted line may have begun at both ends, so the piece joins all bands that take it.
void add_to_bands(std::vector<Band>& bands, InkPiece piece, int tallest) {
    Band joined(std::move(piece));
    std::vector<Band> rest;
    for (Band& band : bands) {
        if (band.takes(joined.pieces.front(), tallest)) {
            for (InkPiece& own : band.pieces) joined.add(std::move(own));
        } else {
            rest.push_back(std::move(band));
        }
    }
    rest.push_back(std::move(joined));
    bands = std::move(rest);
}

InkLine line_of(Band band) {
    InkLine line;
    std::ranges::sort(band.pieces, {}, [](const InkPiece& piece) { return 2 * piece.left + piece.ink.width; });
    for (InkPiece& piece : band.pieces) {
        line.height = std::max(line.height, static_cast<double>(piece.ink.height));
        line.atoms.push_back({std::move(piece), 0});
    }
    return line;
}

/// The bounding box of atoms [first, last).
struct Extent {
    int left = std::numeric_limits<int>::max(), right = 0, top = left, bottom = 0;

    Extent(const InkLine& line, std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            const InkPiece& ink = line.atoms[i].ink;
            left = std::min(left, ink.left);
            right = std::max(right, ink.right());
            top = std::min(top, ink.top);
            bottom = std::max(bottom, ink.bottom());
        }
    }
    int width() const { return right - left; }
    int height() const { return bottom - top; }
};

/// The cost of joining the atoms before `place` and those from `place` on into one digit.
double joining_cost(const InkLine& line, InkGroup group, std::size_t place) {
    if (line.atoms[place].cut_cost > 0) return 0;
    const Extent before(line, group.first, place), after(line, place, group.last);
    const double gap = std::max(after.left - before.right, 0);
    const bool both_tall = std::min(before.height(), after.height()) > 0.6 * line.height;
    const double apart = 1 - std::clamp(share_overlapping(before.left, before.right, after.left, after.right), 0.0, 0.5) / 0.5;
    return gap_cost * gap / line.height + (both_tall ? two_tall_cost * apart : 0);
}

/// The cost of splitting the line before `next`: digits stand side by side.
double splitting_cost(const InkLine& line, InkGroup group, std::size_t next) {
    if (next == line.atoms.size()) return 0;
    const Extent before(line, group.first, group.last);
    const InkPiece& after = line.atoms[next].ink;
    const double overlap = std::clamp(share_overlapping(before.left, before.right, after.left, after.right()), 0.0, 1.0);
    return line.atoms[next].cut_cost + overlap_cost * std::max(overlap - 0.25, 0.0);
}

}  // namespace

std::vector<InkLine> find_lines(std::vector<InkPiece> pieces) {
    std::vector<InkLine> lines;
    if (pieces.empty()) return lines;
    std::ranges::sort(pieces, std::greater{}, [](const InkPiece& piece) { return piece.ink.height; });
    // A single bar is wider than it is high.
    int tallest = 0;
    for (const InkPiece& piece : pieces) tallest = std::max({tallest, piece.ink.height, piece.ink.width / 4});
    std::vector<Band> bands;
    std::vector<InkPiece> small;
    for (InkPiece& piece : pieces) {
        if (std::max(piece.ink.width, piece.ink.height) < speck_share * tallest) continue;
        const bool bar = piece.ink.width > 2 * piece.ink.height;
        if (!bands.empty() && (bar || piece.ink.height < large_share * tallest)) {
            small.push_back(std::move(piece));
            continue;
        }
        add_to_bands(bands, std::move(piece), tallest);
    }
    for (InkPiece& piece : small) {
        std::ranges::min_element(bands, {}, [&](const Band& band) { return band.distance(piece); })->add(std::move(piece));
    }
    std::ranges::sort(bands, {}, [](const Band& band) { return band.top + band.bottom; });
    for (Band& band : bands) lines.push_back(line_of(std::move(band)));
    return lines;
}

InkPiece ink_of(const InkLine& line, InkGroup group) {
    std::vector<InkPiece> pieces;
    for (std::size_t i = group.first; i < group.last; ++i) pieces.push_back(line.atoms[i].ink);
    return joined(pieces);
}

double shape_score(const InkLine& line, InkGroup group) {
    const Extent extent(line, group.first, group.last);
    double cost = a_digit;
    for (std::size_t place = group.first + 1; place < group.last; ++place) cost += joining_cost(line, group, place);
    if (extent.height() < digit_share * line.height) cost += low_cost;
    cost += wide_cost * std::max(static_cast<double>(extent.width()) / extent.height() - widest_usual, 0.0);
    return -cost;
}

std::vector<InkGroup> split_line(const InkLine& line, const JudgeGroup& judge) {
    const std::size_t count = line.atoms.size();
    std::vector<double> best(count + 1, -std::numeric_limits<double>::infinity());
    std::vector<std::size_t> start(count + 1, 0);
    best[0] = 0;
    for (std::size_t last = 1; last <= count; ++last) {
        for (std::size_t first = last > most_atoms ? last - most_atoms : 0; first < last; ++first) {
            const InkGroup group{first, last};
            double score = best[first] + shape_score(line, group) - splitting_cost(line, group, last);
            // A single atom is always judged, however bad its shape.
            if (last - first == 1 || score - best[first] > ruled_out) score += judge(group);
            if (score <= best[last]) continue;
            best[last] = score;
            start[last] = first;
        }
    }
    std::vector<InkGroup> groups;
    for (std::size_t last = count; last > 0; last = start[last]) groups.push_back({start[last], last});
    std::ranges::reverse(groups);
    std::erase_if(groups, [&](InkGroup group) {
        const Extent extent(line, group.first, group.last);
        return std::max(extent.height(), extent.width()) < smallest_share * line.height;
    });
    return groups;
}

}  // namespace digitlab
