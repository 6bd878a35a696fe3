#include "ui/chart.h"

#include <algorithm>
#include <cmath>

#include "ui/drawing.h"
#include "ui/format.h"

namespace digitlab {

namespace {

constexpr float top_room = 38, bottom_room = 28, left_room = 58, right_room = 10;
constexpr float line_thickness = 2;
constexpr int joint_corners = 8;  ///< of the disc between two pieces of a line

void draw_axes(Ui& ui, const Chart& chart, const Plot& plot) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float middle = line_height(ui.fonts.small) / 2;
    for (const float y : grid_lines(plot)) {
        const float at = std::round(plot.place({0, y}).y);
        list.AddLine({plot.min.x, at}, {plot.max.x, at}, ui.colours.grid);
        put_text_right(ui.fonts.small, {plot.min.x - 8, at - middle}, ui.colours.muted, chart.label(static_cast<double>(y)));
    }
    const float x_step = std::max(nice_step(plot.x_max, 8), 1.0F);
    for (float x = 0; x <= plot.x_max + 0.001F; x += x_step) {
        const float at = plot.place({x, 0}).x;
        const std::string words = fixed(static_cast<double>(x), 0);
        put_text(ui.fonts.small, {at - measure(ui.fonts.small, words).x / 2, plot.max.y + 7}, ui.colours.muted, words);
    }
    list.AddLine({plot.min.x, plot.max.y}, {plot.max.x, plot.max.y}, ui.colours.border);
}

void draw_series(const Ui& ui, const Plot& plot, const Series& series) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    // Draw each piece separately: the mitres of a polyline make steep pieces thin and stick out at corners. A disc fills the
    // nick between two pieces; where points are less than a pixel apart, the next pieces fill it.
    for (std::size_t index = 1; index < series.points.size(); ++index) {
        const ImVec2 from = plot.place(series.points[index - 1]), to = plot.place(series.points[index]);
        const auto piece = clipped_line(from, to, plot.min, plot.max);
        if (!piece) continue;
        list.AddLine(piece->first, piece->second, series.colour, line_thickness);
        const bool whole_end = piece->second.x == to.x && piece->second.y == to.y;
        if (index + 1 < series.points.size() && whole_end && to.x - from.x >= 1) {
            list.AddCircleFilled(to, line_thickness / 2, series.colour, joint_corners);
        }
    }
    if (!series.markers) return;
    for (const ImVec2 point : series.points) {
        list.AddCircleFilled(plot.place(point), 4.5F, ui.colours.surface, 12);
        list.AddCircleFilled(plot.place(point), 3.5F, series.colour, 12);
    }
}

void draw_legend(Ui& ui, const Chart& chart, ImVec2 place, float right) {
    put_text(ui.fonts.strong, place, ui.colours.text, chart.name);
    float x = right;
    for (auto series = chart.series.rbegin(); series != chart.series.rend(); ++series) {
        x -= measure(ui.fonts.small, series->name).x;
        put_text(ui.fonts.small, {x, place.y + 2}, ui.colours.muted, series->name);
        const float y = place.y + 2 + line_height(ui.fonts.small) / 2;
        ImGui::GetWindowDrawList()->AddLine({x - 20, y}, {x - 6, y}, series->colour, 2);
        if (series->markers) ImGui::GetWindowDrawList()->AddCircleFilled({x - 13, y}, 3.5F, series->colour, 12);
        x -= 32;
    }
}

const ImVec2* nearest(const Series& series, float x) {
    const auto after = std::ranges::lower_bound(series.points, x, {}, &ImVec2::x);
    if (series.points.empty()) return nullptr;
    if (after == series.points.end()) return &series.points.back();
    if (after != series.points.begin() && x - (after - 1)->x < after->x - x) return &*(after - 1);
    return &*after;
}

void draw_read_out(Ui& ui, const Chart& chart, const Plot& plot, float mouse_x) {
    const float x = std::clamp((mouse_x - plot.min.x) / (plot.max.x - plot.min.x), 0.0F, 1.0F) * plot.x_max;
    std::vector<std::string> lines;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (const Series& series : chart.series) {
        const ImVec2* point = nearest(series, x);
        if (!point) continue;
        ImVec2 at = plot.place(*point);
        at.y = std::clamp(at.y, plot.min.y, plot.max.y);
        list.AddCircleFilled(at, 5, series.colour, 16);
        lines.push_back(std::string(series.name) + " " + chart.label(static_cast<double>(point->y)) + " at epoch " +
                        fixed(static_cast<double>(point->x), series.markers ? 0 : 1));
    }
    if (lines.empty()) return;
    float width = 0;
    for (const std::string& line : lines) width = std::max(width, measure(ui.fonts.small, line).x);
    const float step = line_height(ui.fonts.small) + 4;
    const ImVec2 size = {width + 20, step * static_cast<float>(lines.size()) + 14};
    list.AddLine({mouse_x, plot.min.y}, {mouse_x, plot.max.y}, ui.colours.muted);
    const float left = mouse_x + 12 + size.x < plot.max.x ? mouse_x + 12 : std::max(mouse_x - 12 - size.x, plot.min.x);
    const ImVec2 box = {left, plot.min.y + 6};
    frame(box, box + size, ui.colours.raised, ui.colours.border);
    for (std::size_t index = 0; index < lines.size(); ++index) {
        put_text(ui.fonts.small, box + ImVec2(10, 8 + step * static_cast<float>(index)), ui.colours.text, lines[index]);
    }
}

std::string summary(const Chart& chart) {
    std::string words = std::string(chart.name) + " chart";
    for (const Series& series : chart.series) {
        if (series.points.empty()) continue;
        words += std::string("; ") + series.name + " " + chart.label(static_cast<double>(series.points.back().y));
    }
    return words;
}

}  // namespace

void draw_chart(Ui& ui, const Chart& chart, float height) {
    const ImVec2 origin = reserve({ui.width, height});
    const ImVec2 end = origin + ImVec2(ui.width, height);
    MirrorNode node;
    node.id = ImGui::GetID(chart.name);
    node.role = Role::text;
    node.value = summary(chart);
    report_item(ui, std::move(node));
    const bool hovered = ImGui::IsItemHovered();
    if (!ImGui::IsRectVisible(origin, end)) return;

    const Plot plot = {origin + ImVec2(left_room, top_room),
                       end - ImVec2(right_room, bottom_room),
                       std::max(chart.x_max, 0.01F),
                       chart.y_min,
                       std::max(chart.y_max, chart.y_min + 1e-6F),
                       chart.logarithmic};
    draw_legend(ui, chart, origin, end.x);
    draw_axes(ui, chart, plot);
    ImGui::PushClipRect(plot.min - ImVec2(5, 5), plot.max + ImVec2(5, 1), true);
    for (const Series& series : chart.series) draw_series(ui, plot, series);
    ImGui::PopClipRect();
    const float mouse_x = ImGui::GetIO().MousePos.x;
    if (hovered && mouse_x >= plot.min.x && mouse_x <= plot.max.x) draw_read_out(ui, chart, plot, mouse_x);
}

}  // namespace digitlab
