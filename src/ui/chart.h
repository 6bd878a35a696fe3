#pragma once

#include <string>
#include <vector>

#include "ui/chart_scale.h"
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
    float x_max = 1;
    float y_min = 0, y_max = 1;
    bool logarithmic = false;                  ///< the y axis; y_min is then above 0
    std::string (*label)(double y) = nullptr;  ///< formats values
    std::vector<Series> series;
};

/// Draws axes, grid lines, legend and, under the pointer, a read-out. Mirrored as a text with the last value of each series.
void draw_chart(Ui& ui, const Chart& chart, float height);

}  // namespace digitlab
