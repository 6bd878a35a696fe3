#pragma once

#include <array>
#include <cstdint>

#include "app/state.h"

namespace digitlab {

/// The stages of preparing a picture, in their order.
enum class Stage { grey, even_light, invert, threshold, crop, fit, centre };
inline constexpr int stage_count = 7;

/// A small picture of each stage side by side, 0 black to 255 white, and the reading they were made from.
struct StageSheet {
    static constexpr int cell = 168;  ///< pixels; 6 for each of the 28 that the models see

    GreyImage pictures;  ///< empty before the first reading
    std::uint64_t reading_revision = 0;
    std::size_t digit = 0;
    std::uint64_t revision = 0;  ///< grows with every change
};

/// Updates the sheet for the selected digit if necessary. Stages of the whole picture are shown whole.
void update_sheet(StageSheet& sheet, const DrawState& draw);

/// The box of the selected digit in a cell that shows the whole picture: left, top, right, bottom, each from 0 to 1.
std::array<float, 4> digit_in_cell(const DrawState& draw);

}  // namespace digitlab
