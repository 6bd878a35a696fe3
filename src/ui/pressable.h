#pragma once

#include "ui/ui.h"

namespace digitlab {

/// The position of a pressable area, and what is happening to it.
struct Press {
    ImVec2 min, max;
    bool hovered = false;
    bool pressed = false;
};

/// Makes the area of `size` at the cursor pressable by a pointer and through the mirror. Adds `node` to the mirror, with an id
/// made from `key` and the position of the area, and draws the focus ring. The caller draws the area itself. A checkbox is
/// mirrored as it will be after the press.
///
/// A pointer presses what the user saw: PointerInput looks in the mirror for what was last drawn under it. Dear ImGui would
/// look in the frame that it draws next, where another widget may have moved there.
Press pressable(Ui& ui, const char* key, ImVec2 size, MirrorNode node);

}  // namespace digitlab
