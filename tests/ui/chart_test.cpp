#include "ui/chart.h"

#include <algorithm>
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "ui/format.h"
#include "ui/widget_frame.h"

using namespace digitlab;
using Catch::Approx;

namespace {

constexpr int page_width = 600, page_height = 300;
constexpr ImU32 line_colour = IM_COL32(12, 34, 56, 255);

/// How much of each pixel of the page the triangles of one colour cover, from 0 to 1.
class Coverage {
   public:
    explicit Coverage(const ImDrawData& data) : covered_(page_width * page_height) {
        for (const ImDrawList* list : data.CmdLists) {
            for (const ImDrawCmd& command : list->CmdBuffer) {
                for (unsigned index = 0; index + 2 < command.ElemCount; index += 3) {
                    const auto corner = [&](unsigned which) -> const ImDrawVert& {
                        const ImDrawIdx* indices = list->IdxBuffer.Data + command.IdxOffset;
                        return list->VtxBuffer[static_cast<int>(command.VtxOffset + indices[index + which])];
                    };
                    add(corner(0), corner(1), corner(2));
                }
            }
        }
    }

    bool at(int x, int y) const { return covered_[index(x, y)] > 0.5F; }

    /// How many pixels of this column are covered between two rows, in parts of pixels.
    float thickness(int x, int top, int bottom) const {
        float sum = 0;
        for (int y = top; y < bottom; ++y) sum += covered_[index(x, y)];
        return sum;
    }

    /// The number of separate pieces of the line in this row of pixels.
    int pieces(int y) const {
        int count = 0;
        for (int x = 1; x < page_width; ++x) count += at(x, y) && !at(x - 1, y) ? 1 : 0;
        return count;
    }

   private:
    static std::size_t index(int x, int y) { return static_cast<std::size_t>(y * page_width + x); }

    void add(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) {
        const auto same = [](const ImDrawVert& vertex) { return (vertex.col & 0xFFFFFF) == (line_colour & 0xFFFFFF); };
        if (!same(a) || !same(b) || !same(c)) return;
        const auto side = [](ImVec2 p, ImVec2 q, ImVec2 r) { return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x); };
        const float area = side(a.pos, b.pos, c.pos);
        if (area == 0) return;
        const auto [left, right] = std::minmax({a.pos.x, b.pos.x, c.pos.x});
        const auto [top, bottom] = std::minmax({a.pos.y, b.pos.y, c.pos.y});
        const auto inside = [](float place, int size) { return std::clamp(static_cast<int>(place), 0, size - 1); };
        const auto alpha = [](const ImDrawVert& vertex) { return static_cast<float>(vertex.col >> IM_COL32_A_SHIFT) / 255; };
        for (int y = inside(top, page_height); y <= inside(bottom, page_height); ++y) {
            for (int x = inside(left, page_width); x <= inside(right, page_width); ++x) {
                const ImVec2 centre = {static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F};
                const float u = side(b.pos, c.pos, centre) / area, v = side(c.pos, a.pos, centre) / area, w = 1 - u - v;
                if (u < 0 || v < 0 || w < 0) continue;
                float& value = covered_[index(x, y)];
                value = std::max(value, u * alpha(a) + v * alpha(b) + w * alpha(c));
            }
        }
    }

    std::vector<float> covered_;
};

/// Paints the line through these points, x and y from 0 to 1. Lines are painted without textures, so that their edges are in
/// the vertices.
Coverage drawn(const std::vector<ImVec2>& points) {
    WidgetFrame frame(page_width, page_height);
    ImGui::GetStyle().AntiAliasedLinesUseTex = false;
    Chart chart;
    chart.name = "Steep";
    chart.label = percent;
    chart.series = {{"line", line_colour, points, false}};
    frame.draw([&](Ui& ui) {
        ImGui::SetCursorScreenPos({0, 0});
        ui.width = page_width;
        draw_chart(ui, chart, page_height);
    });
    return Coverage(*ImGui::GetDrawData());
}

// The position of draw_chart's plot on a page of this size.
constexpr int plot_top = 38, plot_bottom = page_height - 28;

}  // namespace

TEST_CASE("steep lines of a chart have no gaps", "[ui]") {
    for (const int turns : {4, 20, 60}) {
        std::vector<ImVec2> zigzag;
        for (int turn = 0; turn <= turns; ++turn) {
            zigzag.push_back({0.1F + 0.8F * static_cast<float>(turn) / static_cast<float>(turns), turn % 2 == 0 ? 0.1F : 0.9F});
        }
        const Coverage coverage = drawn(zigzag);
        // In the middle rows the pieces are far apart.
        for (int y = (plot_top + plot_bottom) / 2 - 40; y < (plot_top + plot_bottom) / 2 + 40; ++y) {
            INFO(turns << " turns, row " << y);
            CHECK(coverage.pieces(y) == turns);
        }
    }
}

TEST_CASE("a line is nearly as thick at its corners as between them", "[ui]") {
    const auto thinnest = [](const std::vector<ImVec2>& points) {
        const Coverage coverage = drawn(points);
        float least = 100;
        for (int x = 130; x < 500; ++x) least = std::min(least, coverage.thickness(x, plot_top, plot_bottom));
        return least;
    };
    std::vector<ImVec2> gentle;
    for (int turn = 0; turn <= 20; ++turn) {
        gentle.push_back({0.1F + 0.04F * static_cast<float>(turn), 0.5F + (turn % 3 == 0 ? 0.0F : 0.03F)});
    }
    CHECK(thinnest(gentle) > 0.8F * thinnest({{0.1F, 0.5F}, {0.9F, 0.53F}}));
}

TEST_CASE("no part of a line is drawn outside the plot", "[ui]") {
    const Coverage coverage =
        drawn({{0.1F, 0.5F}, {0.2F, 3}, {0.3F, -2}, {0.31F, 0.9F}, {0.32F, 0}, {0.33F, 0.9F}, {0.6F, -40}});
    int outside = 0, inside = 0;
    for (int y = 0; y < page_height; ++y) {
        for (int x = 150; x < page_width; ++x) {  // beyond the legend's line
            if (!coverage.at(x, y)) continue;
            ++(y < plot_top - 2 || y > plot_bottom + 1 ? outside : inside);
        }
    }
    CHECK(inside > 200);
    // The legend has a short line of this colour above the plot.
    CHECK(outside < 40);
    for (int y = plot_bottom + 2; y < page_height; ++y) CHECK(coverage.pieces(y) == 0);
}

TEST_CASE("steps are 1, 2 or 5 times a power of ten", "[ui]") {
    CHECK(nice_step(1, 5) == Approx(0.2));
    CHECK(nice_step(2, 5) == Approx(0.5));
    CHECK(nice_step(10, 8) == Approx(2));
    CHECK(nice_step(2.5e-4F, 5) == Approx(5e-5));
    CHECK(nice_step(60, 8) == Approx(10));
    for (const float nothing : {0.0F, -1.0F, NAN, INFINITY}) CHECK(nice_step(nothing, 5) == 1);
    for (float span = 1e-6F; span < 1e6F; span *= 1.37F) {
        for (const int most : {1, 4, 8}) CHECK(span / nice_step(span, most) <= static_cast<float>(most) * 1.01F);
    }
}

TEST_CASE("grid lines lie within the axis", "[ui]") {
    Plot plot{{0, 0}, {100, 100}, 1, 0, 1, false};
    CHECK(grid_lines(plot).size() == 6);
    CHECK(grid_lines(plot).front() == 0);
    CHECK_FALSE(std::signbit(grid_lines(plot).front()));
    CHECK(grid_lines(plot).back() == Approx(1));
    plot.y_min = 0.9F;
    CHECK(grid_lines(plot).front() == Approx(0.9));
    CHECK(grid_lines(plot).back() == Approx(1));
    plot.logarithmic = true;
    plot.y_min = 0.01F;
    plot.y_max = 2;
    CHECK(grid_lines(plot).size() == 8);  // 0.01, 0.02, 0.05, … 1, 2
    plot.y_min = 1e-5F;
    for (const float line : grid_lines(plot)) CHECK(std::log10(line) == Approx(std::round(std::log10(line))).margin(1e-4));
}

TEST_CASE("values are placed correctly, also on a logarithmic scale", "[ui]") {
    Plot plot{{10, 20}, {110, 220}, 4, 0, 2, false};
    CHECK(plot.place({0, 0}).x == Approx(10));
    CHECK(plot.place({0, 0}).y == Approx(220));
    CHECK(plot.place({4, 2}).x == Approx(110));
    CHECK(plot.place({2, 1}).y == Approx(120));
    plot.logarithmic = true;
    plot.y_min = 0.01F;
    plot.y_max = 1;
    CHECK(plot.place({0, 0.1F}).y == Approx(120));
    CHECK(std::isfinite(plot.place({0, 0}).y));  // no logarithm of 0
    CHECK(plot.place({0, 0}).y > 220);
}

TEST_CASE("a line is clipped to the box without changing its slope", "[ui]") {
    const ImVec2 min = {0, 0}, max = {10, 10};
    const auto whole = clipped_line({1, 2}, {3, 9}, min, max);
    REQUIRE(whole);
    CHECK(whole->first.x == 1);
    CHECK(whole->second.y == 9);
    const auto part = clipped_line({5, -10}, {5, 1e6F}, min, max);
    REQUIRE(part);
    CHECK(part->first.x == 5);
    CHECK(part->first.y == 0);
    CHECK(part->second.y == Approx(10));
    const auto slanted = clipped_line({-10, -5}, {10, 5}, min, max);
    REQUIRE(slanted);
    CHECK(slanted->first.x == Approx(0).margin(1e-4));
    CHECK(slanted->first.y == Approx(0).margin(1e-4));
    CHECK_FALSE(clipped_line({-1, 0}, {-1, 10}, min, max));
    CHECK_FALSE(clipped_line({-5, 8}, {8, 30}, min, max));
}

TEST_CASE("smoothing keeps a constant and begins with the first point", "[ui]") {
    for (const ImVec2 point : smoothed({{0, 3}, {1, 3}, {2, 3}}, 0.9F)) CHECK(point.y == Approx(3));
    const auto curve = smoothed({{0, 1}, {1, 0}, {2, 0}}, 0.5F);
    CHECK(curve[0].y == Approx(1));
    CHECK(curve[1].y == Approx(1.0 / 3));
    CHECK(curve[2].y == Approx(1.0 / 7));
    CHECK(smoothed({{0, 1}, {1, 5}}, 0)[1].y == 5);
}
