#pragma once

#include <imgui.h>

#include "app/command.h"
#include "app/state.h"
#include "ui/drawing_surface.h"
#include "ui/fonts.h"
#include "ui/mirror.h"
#include "ui/panel_states.h"
#include "ui/texture_host.h"
#include "ui/theme.h"

namespace digitlab {

class KeyboardPen;

/// What panels and widgets need to draw. Lives for one frame.
struct Ui {
    Mirror& mirror;
    const Palette& colours;
    const Fonts& fonts;
    TextureHost* textures;  ///< null: none
    Commands& commands;
    PanelStates& states;
    DrawingSurface& surface;
    const KeyboardPen& keyboard_pen;
    double now_secs;          ///< on the page's clock
    double& next_frame_secs;  ///< when a frame is due even if nothing happens: the earliest time that a widget asked for
    bool dark = false;
    bool narrow = false;  ///< one column, for phones
    float width = 0;      ///< of the column or card being filled
    int cards = 0;        ///< number of open cards
};

inline constexpr float card_padding = 18, narrow_card_padding = 14, column_gap = 18;

}  // namespace digitlab
