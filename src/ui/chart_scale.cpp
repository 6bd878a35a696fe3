#include "ui/chart_scale.h"

#include <algorithm>
#include <cmath>

namespace digitlab {

float nice_step(float span, int most) {
    if (!(span > 0) || !std::isfinite(span)) return 1;
    const float raw = span / static_cast<float>(most);
    const float power = std::pow(10.0F, std::floor(std::log10(raw)));
    for (const float factor : {1.0F, 2.0F, 5.0F}) {
        if (power * factor >= raw * 0.999F) return power * factor;
    }
    return power * 10;
}

ImVec2 Plot::place(ImVec2 point) const {
    const auto scaled = [&](float y) { return logarithmic ? std::log10(std::max(y, y_min / 10)) : y; };
    const float share = (scaled(point.y) - scaled(y_min)) / (scaled(y_max) - scaled(y_min));
    return {min.x + point.x / x_max * (max.x - min.x), max.y - share * (max.y - min.y)};
}

std::vector<float> grid_lines(const Plot& plot) {
    std::vector<float> lines;
    if (plot.logarithmic) {
        const bool few = plot.y_max / plot.y_min < 1000;
        for (float power = std::pow(10.0F, std::floor(std::log10(plot.y_min))); power <= plot.y_max; power *= 10) {
            for (const float factor : {1.0F, 2.0F, 5.0F}) {
                const float y = power * factor;
                if ((few || factor == 1) && y >= plot.y_min * 0.999F && y <= plot.y_max * 1.001F) lines.push_back(y);
            }
        }
        return lines;
    }
    const float step = nice_step(plot.y_max - plot.y_min, 5);
    const float first = std::ceil(plot.y_min / step - 0.001F);
    for (float line = first; line * step <= plot.y_max + step * 0.001F; ++line) lines.push_back(line * step + 0.0F);  // no -0
    return lines;
}

// The Liang–Barsky algorithm: each side of the box moves the start or the end of the part inside.
std::optional<LinePiece> clipped_line(ImVec2 from, ImVec2 to, ImVec2 min, ImVec2 max) {
    const ImVec2 way = {to.x - from.x, to.y - from.y};
    float begin = 0, end = 1;
    const std::pair<float, float> sides[] = {
        {-way.x, from.x - min.x}, {way.x, max.x - from.x}, {-way.y, from.y - min.y}, {way.y, max.y - from.y}};
    for (const auto& [outwards, room] : sides) {
        if (outwards == 0 && room < 0) return std::nullopt;
        if (outwards < 0) begin = std::max(begin, room / outwards);
        if (outwards > 0) end = std::min(end, room / outwards);
    }
    if (!(begin <= end)) return std::nullopt;
    const auto at = [&](float share) {
        return ImVec2(std::clamp(from.x + share * way.x, min.x, max.x), std::clamp(from.y + share * way.y, min.y, max.y));
    };
    return LinePiece{at(begin), at(end)};
}

std::vector<ImVec2> smoothed(std::vector<ImVec2> points, float share) {
    float mean = 0, weight = 0;
    for (ImVec2& point : points) {
        mean = share * mean + (1 - share) * point.y;
        weight = share * weight + (1 - share);
        point.y = mean / weight;
    }
    return points;
}

}  // namespace digitlab
