#pragma once

#include <cstdint>
#include <span>

#include "ui/ui.h"

namespace digitlab {

// Small pictures side by side, as one texture.

/// Returns an empty sheet for `columns` times `rows` digits of 28×28.
GreyImage empty_sheet(int columns, int rows);
/// Puts a digit (28×28 bytes) into cell `index`, counted along the rows.
void put_on_sheet(GreyImage& sheet, int index, std::span<const std::uint8_t> digit);

/// Draws the sheet as wide as the column. `revision` changes with the sheet; `description` is its text in the mirror.
void draw_sheet(Ui& ui, const GreyImage& sheet, TextureSlot slot, std::uint64_t revision, const char* description);

}  // namespace digitlab
