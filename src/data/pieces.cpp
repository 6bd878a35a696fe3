#include "data/pieces.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>

namespace digitlab {

namespace {

constexpr int least_ink = 32;

/// The bounding box of some pixels.
struct Box {
    int left, top, right, bottom;  ///< the last two exclusive

    void add(int x, int y) {
        left = std::min(left, x);
        top = std::min(top, y);
        right = std::max(right, x + 1);
        bottom = std::max(bottom, y + 1);
    }
};

/// Which piece each pixel belongs to, from 1; 0 is paper.
struct Labels {
    std::vector<std::uint16_t> of;  ///< (height, width)
    std::vector<Box> boxes;         ///< of label 1, 2, …
};

constexpr std::size_t most_pieces = 60000;

/// Calls visit(x, y) for the pixel and its neighbours within the picture.
template <class Visit>
void around(const GreyImage& image, int x, int y, Visit&& visit) {
    for (int v = std::max(y - 1, 0); v < std::min(y + 2, image.height); ++v) {
        for (int u = std::max(x - 1, 0); u < std::min(x + 2, image.width); ++u) visit(u, v);
    }
}

Labels label_pieces(const GreyImage& image) {
    Labels labels;
    labels.of.assign(image.ink.size(), 0);
    const auto place_of = [&](int x, int y) {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x);
    };
    struct Pixel {
        int x, y;
    };
    std::vector<Pixel> open;
    for (int y = 0; y < image.height && labels.boxes.size() < most_pieces; ++y) {
        for (int x = 0; x < image.width; ++x) {
            if (image.at(x, y) < least_ink || labels.of[place_of(x, y)] != 0) continue;
            labels.boxes.push_back({x, y, x + 1, y + 1});
            const auto label = static_cast<std::uint16_t>(labels.boxes.size());
            labels.of[place_of(x, y)] = label;
            open.push_back({x, y});
            while (!open.empty()) {
                const Pixel pixel = open.back();
                open.pop_back();
                around(image, pixel.x, pixel.y, [&](int u, int v) {
                    std::uint16_t& other = labels.of[place_of(u, v)];
                    if (other != 0 || image.at(u, v) == 0) return;
                    other = label;  // faint ink belongs to the piece, but the search does not continue from it
                    if (image.at(u, v) < least_ink) return;
                    labels.boxes.back().add(u, v);
                    open.push_back({u, v});
                });
            }
        }
    }
    return labels;
}

/// Whether the piece is a rim: it lies along an edge of a picture of `width` × `height`, less than half as thick as it is long.
bool is_rim(const InkPiece& piece, int width, int height) {
    const auto inked_rows = [&](int x) {
        int rows = 0;
        for (int y = 0; y < piece.ink.height; ++y) rows += piece.ink.at(x, y) >= least_ink;
        return rows;
    };
    const auto inked_columns = [&](int y) {
        int columns = 0;
        for (int x = 0; x < piece.ink.width; ++x) columns += piece.ink.at(x, y) >= least_ink;
        return columns;
    };
    const int across = piece.ink.width, down = piece.ink.height;
    return (piece.left == 0 && 2 * across < down && 2 * inked_rows(0) >= down) ||
           (piece.right() == width && 2 * across < down && 2 * inked_rows(across - 1) >= down) ||
           (piece.top == 0 && 2 * down < across && 2 * inked_columns(0) >= across) ||
           (piece.bottom() == height && 2 * down < across && 2 * inked_columns(down - 1) >= across);
}

}  // namespace

GreyImage without_rims(GreyImage clean) {
    const std::vector<InkPiece> pieces = find_pieces(clean);
    const auto rim = [&](const InkPiece& piece) { return is_rim(piece, clean.width, clean.height); };
    if (std::ranges::all_of(pieces, rim)) return clean;
    for (const InkPiece& piece : pieces) {
        if (!rim(piece)) continue;
        for (int y = 0; y < piece.ink.height; ++y) {
            for (int x = 0; x < piece.ink.width; ++x) {
                const auto place = static_cast<std::size_t>(piece.top + y) * static_cast<std::size_t>(clean.width) +
                                   static_cast<std::size_t>(piece.left + x);
                if (piece.ink.at(x, y) > 0) clean.ink[place] = 0;
            }
        }
    }
    return clean;
}

std::vector<InkPiece> find_pieces(const GreyImage& clean) {
    const Labels labels = label_pieces(clean);
    std::vector<InkPiece> pieces;
    for (std::size_t index = 0; index < labels.boxes.size(); ++index) {
        const Box& box = labels.boxes[index];
        InkPiece piece{box.left, box.top, {box.right - box.left, box.bottom - box.top, {}}};
        for (int y = box.top; y < box.bottom; ++y) {
            const std::size_t row = static_cast<std::size_t>(y) * static_cast<std::size_t>(clean.width);
            for (int x = box.left; x < box.right; ++x) {
                const bool own = labels.of[row + static_cast<std::size_t>(x)] == index + 1;
                piece.ink.ink.push_back(own ? clean.at(x, y) : std::uint8_t{0});
            }
        }
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

InkPiece joined(std::span<const InkPiece> pieces) {
    if (pieces.size() == 1) return pieces.front();
    Box box{pieces.front().left, pieces.front().top, pieces.front().right(), pieces.front().bottom()};
    for (const InkPiece& piece : pieces) {
        box.add(piece.left, piece.top);
        box.add(piece.right() - 1, piece.bottom() - 1);
    }
    InkPiece whole{box.left, box.top, {box.right - box.left, box.bottom - box.top, {}}};
    whole.ink.ink.assign(static_cast<std::size_t>(whole.ink.width) * static_cast<std::size_t>(whole.ink.height), 0);
    for (const InkPiece& piece : pieces) {
        for (int y = 0; y < piece.ink.height; ++y) {
            const auto row = static_cast<std::size_t>(piece.top - box.top + y) * static_cast<std::size_t>(whole.ink.width);
            std::uint8_t* to = whole.ink.ink.data() + row + (piece.left - box.left);
            for (int x = 0; x < piece.ink.width; ++x) to[x] = std::max(to[x], piece.ink.at(x, y));
        }
    }
    return whole;
}

InkPiece trimmed(const InkPiece& piece) {
    Box box{piece.ink.width, piece.ink.height, 0, 0};
    for (int y = 0; y < piece.ink.height; ++y) {
        for (int x = 0; x < piece.ink.width; ++x) {
            if (piece.ink.at(x, y) >= least_ink) box.add(x, y);
        }
    }
    if (box.right == 0) return {piece.left, piece.top, {}};
    InkPiece result{piece.left + box.left, piece.top + box.top, {box.right - box.left, box.bottom - box.top, {}}};
    for (int y = box.top; y < box.bottom; ++y) {
        for (int x = box.left; x < box.right; ++x) result.ink.ink.push_back(piece.ink.at(x, y));
    }
    return result;
}

double ink_area(const InkPiece& piece) { return std::accumulate(piece.ink.ink.begin(), piece.ink.ink.end(), 0.0) / 255; }

double stroke_width(const InkPiece& piece) {
    const auto dark = [&](int x, int y) {
        return x >= 0 && y >= 0 && x < piece.ink.width && y < piece.ink.height && piece.ink.at(x, y) >= 128;
    };
    int area = 0, outline = 0;
    for (int y = 0; y < piece.ink.height; ++y) {
        for (int x = 0; x < piece.ink.width; ++x) {
            if (!dark(x, y)) continue;
            ++area;
            outline += !dark(x - 1, y) + !dark(x + 1, y) + !dark(x, y - 1) + !dark(x, y + 1);
        }
    }
    // A slanted line crosses more pixel sides than its length: 4/pi times as many on average.
    return outline > 0 ? 2.0 * area / (outline * 0.785) : 1;
}

}  // namespace digitlab
