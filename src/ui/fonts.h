#pragma once

#include <imgui.h>

namespace digitlab {

/// The page's type sizes. Built at size × pixel ratio and scaled back by io.FontGlobalScale, so that everything else
/// reckons in CSS pixels.
struct Fonts {
    ImFont* body = nullptr;     ///< 15, with icons
    ImFont* strong = nullptr;   ///< 15 semibold, with icons
    ImFont* small = nullptr;    ///< 12.5, with icons
    ImFont* heading = nullptr;  ///< 19 semibold
    ImFont* large = nullptr;    ///< 26 semibold, Latin letters: figures
    ImFont* digit = nullptr;    ///< 64 semibold, digits only
};

/// Rebuilds the font atlas of the current Dear ImGui context.
Fonts build_fonts(float pixel_ratio);

}  // namespace digitlab
