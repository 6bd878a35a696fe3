#pragma once

#include <imgui.h>

#include <optional>
#include <utility>
#include <vector>

namespace digitlab {

// The arithmetic of charts. Positions are in CSS pixels, y downwards.

/// A step (1, 2 or 5 times a power of ten) that divides `span` into at most `most` parts.
float nice_step(float span, int most);

/// Maps the data of a chart to the page: x from 0 to `x_max`, y from `y_min` to `y_max`.
struct Plot {
    ImVec2 min, max;
    float x_max = 1, y_min = 0, y_max = 1;
    bool logarithmic = false;  ///< the y axis; y_min is then above 0

    /// Returns the position of a value; values outside the axes lie outside the plot.
    ImVec2 place(ImVec2 point) const;
};

/// The values of the horizontal lines: at equal steps, or at 1, 2 and 5 times powers of ten.
std::vector<float> grid_lines(const Plot& plot);

using LinePiece = std::pair<ImVec2, ImVec2>;
/// The part of a straight line that lies in the box, if any does.
std::optional<LinePiece> clipped_line(ImVec2 from, ImVec2 to, ImVec2 min, ImVec2 max);

/// Replaces each point with an exponential running mean, which keeps `share` (0 to below 1) of the past at each step and is
/// corrected at the beginning, as Adam's means are.
std::vector<ImVec2> smoothed(std::vector<ImVec2> points, float share);

}  // namespace digitlab
