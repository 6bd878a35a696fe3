#include "data/cut.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace digitlab {

namespace {

/// No part narrower than this share of the line's height is cut off: a one is about this narrow.
constexpr double least_width = 0.12;
/// The most ink that a cut may cross, in stroke widths.
constexpr double most_ink = 3.5;
constexpr std::size_t most_cuts = 5;
/// The cost of any cut, and of each stroke width of ink that it crosses, as logarithms of likelihoods.
constexpr double a_cut = 1.0, crossing_cost = 0.8;

/// A path from top to bottom with one column per row.
struct Seam {
    std::vector<int> columns;
    double ink = 0;  ///< ink that it crosses, in black pixels
};

/// The seam with the least ink among those that stay within [low, high]; it may start and end anywhere in that range. Straight
/// seams are slightly preferred.
Seam best_seam(const GreyImage& ink, int low, int high) {
    constexpr double slant = 0.02;
    const auto columns = static_cast<std::size_t>(high - low + 1), rows = static_cast<std::size_t>(ink.height);
    std::vector<double> cost(columns * rows);
    std::vector<int> from(columns * rows, 0);
    for (std::size_t y = 0; y < rows; ++y) {
        for (std::size_t x = 0; x < columns; ++x) {
            const double own = ink.at(low + static_cast<int>(x), static_cast<int>(y)) / 255.0;
            double best = 0;
            int step = 0;
            if (y > 0) {
                best = cost[(y - 1) * columns + x];
                const auto take = [&](std::size_t other, int way) {
                    if (cost[(y - 1) * columns + other] + slant >= best) return;
                    best = cost[(y - 1) * columns + other] + slant;
                    step = way;
                };
                if (x > 0) take(x - 1, -1);
                if (x + 1 < columns) take(x + 1, 1);
            }
            cost[y * columns + x] = best + own;
            from[y * columns + x] = step;
        }
    }
    const auto last = cost.end() - static_cast<std::ptrdiff_t>(columns);
    auto x = static_cast<std::size_t>(std::min_element(last, cost.end()) - last);
    Seam seam;
    seam.columns.resize(rows);
    for (std::size_t y = rows; y-- > 0;) {
        seam.columns[y] = low + static_cast<int>(x);
        seam.ink += ink.at(seam.columns[y], static_cast<int>(y)) / 255.0;
        x = static_cast<std::size_t>(static_cast<int>(x) + from[y * columns + x]);
    }
    return seam;
}

double mean_column(const Seam& seam) {
    double sum = 0;
    for (const int column : seam.columns) sum += column;
    return sum / static_cast<double>(seam.columns.size());
}

/// The best seams, from left to right: those that cross the least ink, without any that are close to a better one.
std::vector<Seam> candidate_seams(const GreyImage& ink, double line_height, double stroke) {
    const int margin = std::max(static_cast<int>(least_width * line_height), 1);
    const int reach = std::max(static_cast<int>(0.12 * line_height), 2);
    std::vector<Seam> all;
    for (int middle = margin; middle < ink.width - margin; middle += std::max(reach / 2, 1)) {
        Seam seam = best_seam(ink, std::max(middle - reach, 0), std::min(middle + reach, ink.width - 1));
        const double place = mean_column(seam);
        if (seam.ink <= most_ink * stroke && place >= margin && place < ink.width - margin) all.push_back(std::move(seam));
    }
    std::ranges::stable_sort(all, {}, &Seam::ink);
    std::vector<Seam> chosen;
    for (Seam& seam : all) {
        const double place = mean_column(seam);
        const bool near =
            std::ranges::any_of(chosen, [&](const Seam& other) { return std::abs(mean_column(other) - place) < margin; });
        if (!near && chosen.size() < most_cuts) chosen.push_back(std::move(seam));
    }
    std::ranges::sort(chosen, {}, mean_column);
    return chosen;
}

/// The ink from one seam to the next; a null seam stands for the edge of the picture.
InkPiece between(const InkPiece& piece, const Seam* left, const Seam* right) {
    InkPiece part = piece;
    for (int y = 0; y < piece.ink.height; ++y) {
        const auto row = static_cast<std::size_t>(y);
        const int first = left ? left->columns[row] : 0;
        const int last = right ? right->columns[row] : piece.ink.width;
        std::uint8_t* pixels = part.ink.ink.data() + std::ptrdiff_t{y} * piece.ink.width;
        std::fill(pixels, pixels + std::clamp(first, 0, piece.ink.width), std::uint8_t{0});
        std::fill(pixels + std::clamp(last, 0, piece.ink.width), pixels + piece.ink.width, std::uint8_t{0});
    }
    return trimmed(part);
}

}  // namespace

std::vector<InkAtom> cut_apart(const InkPiece& piece, double line_height) {
    const double stroke = stroke_width(piece);
    const std::vector<Seam> seams = candidate_seams(piece.ink, line_height, stroke);
    std::vector<InkAtom> atoms;
    double cost = 0;
    const Seam* left = nullptr;
    for (std::size_t i = 0; i <= seams.size(); ++i) {
        const Seam* right = i < seams.size() ? &seams[i] : nullptr;
        InkPiece part = between(piece, left, right);
        // Crossing seams may leave nothing between them.
        if (is_well_formed(part.ink)) {
            atoms.push_back({std::move(part), atoms.empty() ? 0 : cost});
            left = right;
            if (right) cost = a_cut + crossing_cost * right->ink / stroke;
        }
    }
    return atoms;
}

}  // namespace digitlab
