#pragma once

#include "ui/ui.h"

namespace digitlab {

inline constexpr float app_bar_height = 60, narrow_app_bar_height = 52, bottom_tabs_height = 62;

/// Name, tabs (on wide pages), theme and status along the top.
void draw_app_bar(const State& state, Ui& ui);

/// The tabs of narrow pages, along the bottom, within reach of a thumb.
void draw_bottom_tabs(const State& state, Ui& ui);

/// The notices, above the bottom edge. The page shrinks by their height, so that they cover nothing.
void draw_notices(const State& state, Ui& ui);
float notices_height(const State& state, const Ui& ui);

}  // namespace digitlab
