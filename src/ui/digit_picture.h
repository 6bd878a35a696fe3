#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "ui/ui.h"

namespace digitlab {

/// A digit of 28×28 bytes (0 paper to 255 ink) in a square of `side`, a rectangle per pixel: it is meant to look coarse.
void draw_digit_pixels(Ui& ui, std::span<const std::uint8_t> pixels, ImVec2 min, float side);

/// Ten buttons, 0 to 9, in the width of the column; `chosen` stands out. `what` tells in its description what a press says. The
/// digit pressed, or -1.
int digit_buttons(Ui& ui, const char* key, std::optional<int> chosen, const char* what);

}  // namespace digitlab
