#pragma once

#include "ui/ui.h"

namespace digitlab {

/// Where a pressable area is, and what is happening to it.
struct Press {
    ImVec2 min, max;
    bool hovered = false;
    bool pressed = false;
};

/// Makes the area of `size` at the cursor one that a pointer and its mirrored element press. Adds `node` to the mirror, whose
/// id is made from `key` and whose place is that of the area, and draws the ring of the keyboard's focus. What the area looks
/// like is drawn by the caller. A checkbox is mirrored as it will be after the press.
Press pressable(Ui& ui, const char* key, ImVec2 size, MirrorNode node);

}  // namespace digitlab
