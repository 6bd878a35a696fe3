#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "ui/ui.h"

namespace digitlab {

/// Draws a digit of 28×28 bytes (0 paper to 255 ink) in a square of `side`, one rectangle per pixel: it is meant to look
/// coarse.
void draw_digit_pixels(Ui& ui, std::span<const std::uint8_t> pixels, ImVec2 min, float side);

/// Draws ten buttons, 0 to 9, across the column, with `chosen` highlighted. Their descriptions are `what` and the digit.
/// Returns the digit pressed, or -1.
int digit_buttons(Ui& ui, const char* key, std::optional<int> chosen, const char* what);

}  // namespace digitlab
