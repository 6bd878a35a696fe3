#include "ui/changed_area.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>

namespace digitlab {

namespace {

constexpr int tile_size = 64;
/// Painting one more rectangle takes as long as painting this many more pixels, because all vertices are processed again
/// (SwiftShader, two cores: 3.5 ms).
constexpr std::int64_t cost_of_a_pass = 200'000;

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
    return (std::rotl(hash, 5) ^ value) * 0x9E3779B97F4A7C15U;  // as FxHash, with the golden ratio
}

std::uint64_t mix(std::uint64_t hash, float a, float b) {
    return mix(hash, std::uint64_t{std::bit_cast<std::uint32_t>(a)} << 32 | std::bit_cast<std::uint32_t>(b));
}

/// The tiles of a framebuffer.
struct Grid {
    int width, height;

    int columns() const { return (width + tile_size - 1) / tile_size; }
    int rows() const { return (height + tile_size - 1) / tile_size; }
    std::size_t count() const { return static_cast<std::size_t>(columns()) * static_cast<std::size_t>(rows()); }

    void add(std::vector<std::uint64_t>& tiles, const PixelRect& area, std::uint64_t value) const {
        const int last_column = (area.right - 1) / tile_size, last_row = (area.bottom - 1) / tile_size;
        for (int row = area.top / tile_size; row <= last_row; ++row) {
            for (int column = area.left / tile_size; column <= last_column; ++column) {
                std::uint64_t& tile = tiles[static_cast<std::size_t>(row * columns() + column)];
                tile = mix(tile, value);
            }
        }
    }
};

/// Computes a hash of every tile.
class Painting {
   public:
    Painting(const ImDrawData& data, Grid grid) : tiles(grid.count(), 0), data_(data), grid_(grid) {}

    std::vector<std::uint64_t> tiles;

    void add(const ImDrawList& list, const ImDrawCmd& command, std::uint64_t texture_revision) {
        const PixelRect scissor = intersection(scissor_of(command, data_), {0, 0, grid_.width, grid_.height});
        if (scissor.empty()) return;
        std::uint64_t look = mix(texture_revision, std::bit_cast<std::uintptr_t>(command.GetTexID()));
        look = mix(look, static_cast<float>(scissor.left), static_cast<float>(scissor.top));
        look = mix(look, static_cast<float>(scissor.right), static_cast<float>(scissor.bottom));
        const auto indices = std::span(list.IdxBuffer.Data, static_cast<std::size_t>(list.IdxBuffer.Size))
                                 .subspan(command.IdxOffset, command.ElemCount);
        const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
        for (std::size_t i = 0; i + 2 < indices.size(); i += 3) {
            add(vertices[indices[i]], vertices[indices[i + 1]], vertices[indices[i + 2]], scissor, look);
        }
    }

   private:
    void add(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const PixelRect& scissor, std::uint64_t look) {
        const ImVec2 scale = data_.FramebufferScale, origin = data_.DisplayPos;
        const auto [left, right] = std::minmax({a.pos.x, b.pos.x, c.pos.x});
        const auto [top, bottom] = std::minmax({a.pos.y, b.pos.y, c.pos.y});
        const PixelRect box{static_cast<int>(std::floor((left - origin.x) * scale.x)),
                            static_cast<int>(std::floor((top - origin.y) * scale.y)),
                            static_cast<int>(std::ceil((right - origin.x) * scale.x)) + 1,
                            static_cast<int>(std::ceil((bottom - origin.y) * scale.y)) + 1};
        const PixelRect area = intersection(box, scissor);
        if (area.empty()) return;
        for (const ImDrawVert* vertex : {&a, &b, &c}) {
            look = mix(look, vertex->pos.x, vertex->pos.y);
            look = mix(look, vertex->uv.x, vertex->uv.y);
            look = mix(look, vertex->col);
        }
        grid_.add(tiles, area, look);
    }

    const ImDrawData& data_;
    Grid grid_;
};

PixelRect bounds(const PixelRect& a, const PixelRect& b) {
    return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
}

std::int64_t size(const PixelRect& rect) { return std::int64_t{rect.right - rect.left} * (rect.bottom - rect.top); }

/// Runs of changed tiles in each row, joined with a run of the same columns in the row above.
std::vector<PixelRect> changed_runs(const Grid& grid, const std::vector<std::uint64_t>& before,
                                    const std::vector<std::uint64_t>& now) {
    std::vector<PixelRect> rects;
    for (int row = 0; row < grid.rows(); ++row) {
        const auto changed = [&](int column) {
            const auto tile = static_cast<std::size_t>(row * grid.columns() + column);
            return before[tile] != now[tile];
        };
        for (int column = 0; column < grid.columns(); ++column) {
            if (!changed(column)) continue;
            const int first = column;
            while (column < grid.columns() && changed(column)) ++column;
            const PixelRect run{first * tile_size, row * tile_size, std::min(column * tile_size, grid.width),
                                std::min((row + 1) * tile_size, grid.height)};
            const auto above = std::ranges::find_if(rects, [&](const PixelRect& one) {
                return one.bottom == run.top && one.left == run.left && one.right == run.right;
            });
            if (above == rects.end()) {
                rects.push_back(run);
            } else {
                above->bottom = run.bottom;
            }
        }
    }
    return rects;
}

/// Joins rectangles that overlap, and others as long as that makes painting faster.
void join(std::vector<PixelRect>& rects) {
    for (;;) {
        std::size_t best_a = 0, best_b = 0;
        std::int64_t least = cost_of_a_pass;
        for (std::size_t a = 0; a < rects.size(); ++a) {
            for (std::size_t b = a + 1; b < rects.size(); ++b) {
                const bool overlap = !intersection(rects[a], rects[b]).empty();
                const std::int64_t added =
                    overlap ? INT64_MIN : size(bounds(rects[a], rects[b])) - size(rects[a]) - size(rects[b]);
                if (added >= least) continue;
                least = added;
                best_a = a;
                best_b = b;
            }
        }
        if (best_a == best_b) return;
        rects[best_a] = bounds(rects[best_a], rects[best_b]);
        rects.erase(rects.begin() + static_cast<std::ptrdiff_t>(best_b));
    }
}

}  // namespace

PixelRect intersection(const PixelRect& a, const PixelRect& b) {
    return {std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right), std::min(a.bottom, b.bottom)};
}

PixelRect scissor_of(const ImDrawCmd& command, const ImDrawData& data) {
    const auto pixel = [](float at, float origin, float scale) { return static_cast<int>(std::lround((at - origin) * scale)); };
    return {pixel(command.ClipRect.x, data.DisplayPos.x, data.FramebufferScale.x),
            pixel(command.ClipRect.y, data.DisplayPos.y, data.FramebufferScale.y),
            pixel(command.ClipRect.z, data.DisplayPos.x, data.FramebufferScale.x),
            pixel(command.ClipRect.w, data.DisplayPos.y, data.FramebufferScale.y)};
}

std::vector<PixelRect> ChangedArea::next(const ImDrawData& data, int width, int height, const RevisionOf& revision_of) {
    if (width <= 0 || height <= 0) return {};
    const Grid grid{width, height};
    Painting painting(data, grid);
    for (const ImDrawList* list : data.CmdLists) {
        for (const ImDrawCmd& command : list->CmdBuffer) painting.add(*list, command, revision_of(command.GetTexID()));
    }
    const bool whole = tiles_.empty() || width != width_ || height != height_;
    width_ = width;
    height_ = height;
    std::swap(tiles_, painting.tiles);
    if (whole) return {{0, 0, width_, height_}};

    std::vector<PixelRect> rects = changed_runs(grid, painting.tiles, tiles_);
    join(rects);
    return rects;
}

}  // namespace digitlab
