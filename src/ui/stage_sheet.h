#pragma once

#include <array>
#include <cstdint>

#include "app/state.h"

namespace digitlab {

/// The stages of preparing a picture, in their order.
enum class Stage { grey, even_light, invert, threshold, crop, fit, centre };
inline constexpr int stage_count = 7;

/// A small picture of each stage side by side, 0 black to 255 white, and what they were made of.
struct StageSheet {
    static constexpr int cell = 168;  ///< pixels; 6 for each of the 28 that the models see

    GreyImage pictures;  ///< empty before the first reading
    std::uint64_t reading_revision = 0;
    std::size_t digit = 0;
    std::uint64_t revision = 0;  ///< grows with every change
};

/// Makes the sheet that of the selected digit, if it is not. Stages of the whole picture are shown whole.
void update_sheet(StageSheet& sheet, const DrawState& draw);

/// Where the selected digit is in a cell of the stages that show the whole picture: left, top, right, bottom, each from 0 to 1.
std::array<float, 4> digit_in_cell(const DrawState& draw);

}  // namespace digitlab
