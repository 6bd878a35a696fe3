#pragma once

#include <imgui.h>

namespace digitlab {

/// The position of the drawing area's paper on the page, in CSS pixels; set by the Draw panel in each frame that shows it.
struct DrawingSurface {
    bool shown = false;
    ImGuiID id = 0;             ///< of the drawing area in the mirror
    bool takes_strokes = true;  ///< false while a picture lies on the paper
    bool erasing = false;
    float pen_diameter = 0;  ///< in canvas pixels
    ImVec2 origin;           ///< top left corner of the whole paper, which may be scrolled out of view
    float side = 0;
    ImVec2 visible_min, visible_max;
};

}  // namespace digitlab
