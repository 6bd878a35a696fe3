#pragma once

#include <imgui.h>

namespace digitlab {

/// The page's fonts. Sizes are heights of a line, about 1.2 times the font size in style sheets. They are built at size × pixel
/// ratio and scaled back by io.FontGlobalScale, so that everything else is in CSS pixels.
struct Fonts {
    ImFont* body = nullptr;     ///< 17.5, with icons
    ImFont* strong = nullptr;   ///< 17.5 semibold, with icons
    ImFont* small = nullptr;    ///< 15, with icons
    ImFont* heading = nullptr;  ///< 22 semibold
    ImFont* large = nullptr;    ///< 30 semibold, ASCII and a few signs: figures
    ImFont* digit = nullptr;    ///< 80 semibold, digits only
};

/// Rebuilds the font atlas of the current Dear ImGui context.
Fonts build_fonts(float pixel_ratio);

}  // namespace digitlab
