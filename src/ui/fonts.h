#pragma once

#include <imgui.h>

namespace digitlab {

/// The page's type sizes: heights of a line, about 1.2 times what style sheets call the size. Built at size × pixel ratio and
/// scaled back by io.FontGlobalScale, so that everything else reckons in CSS pixels.
struct Fonts {
    ImFont* body = nullptr;     ///< 17.5, with icons
    ImFont* strong = nullptr;   ///< 17.5 semibold, with icons
    ImFont* small = nullptr;    ///< 15, with icons
    ImFont* heading = nullptr;  ///< 22 semibold
    ImFont* large = nullptr;    ///< 30 semibold, Latin letters: figures
    ImFont* digit = nullptr;    ///< 80 semibold, digits only
};

/// Rebuilds the font atlas of the current Dear ImGui context.
Fonts build_fonts(float pixel_ratio);

}  // namespace digitlab
