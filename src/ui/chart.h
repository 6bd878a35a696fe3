#pragma once

#include <string>
#include <vector>

#include "ui/ui.h"

namespace digitlab {

/// A line of a chart; x ascends.
struct Series {
    const char* name = "";
    ImU32 colour = 0;
    std::vector<ImVec2> points;
    bool markers = false;  ///< a dot at each point
};

struct Chart {
    const char* name = "";
    const char* x_label = "";
    float x_max = 1;
    float y_min = 0, y_max = 1;
    bool logarithmic = false;                  ///< upwards; y_min is then above 0
    std::string (*label)(double y) = nullptr;  ///< how values read
    std::vector<Series> series;
};

/// Axes, gridlines, legend and, under the pointer, a read-out. Mirrored as a text with the last value of each series.
void draw_chart(Ui& ui, const Chart& chart, float height);

/// Each point becomes a running mean of those before it, which keeps `share` (0 to below 1) of the past at each step; corrected
/// at the beginning, as Adam's means are.
std::vector<ImVec2> smoothed(std::vector<ImVec2> points, float share);

/// A step (1, 2 or 5 times a power of ten) that divides `span` into at most `most` parts.
float nice_step(float span, int most);

}  // namespace digitlab
