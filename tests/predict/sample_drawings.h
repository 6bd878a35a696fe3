#pragma once

#include <string>
#include <vector>

#include "predict/drawing.h"

namespace digitlab {

/// A drawing with something in every field; `number` sets its id, date, source and pixels.
inline Drawing sample_drawing(int number, std::optional<int> label = {}) {
    Drawing drawing;
    const std::string digits = std::to_string(number);
    drawing.id = "d-" + std::string(4 - digits.size(), '0') + digits;
    drawing.unix_secs = 1.7e9 + number;
    drawing.source = number % 2 == 0 ? DrawingSource::uploaded : DrawingSource::drawn;
    for (std::size_t i = 0; i < drawing.pixels.size(); ++i) {
        drawing.pixels[i] = static_cast<std::uint8_t>(i * static_cast<std::size_t>(number + 3));
    }
    drawing.picture = {30, 20, {}};
    for (int i = 0; i < 600; ++i) drawing.picture.ink.push_back(static_cast<std::uint8_t>(i / 37 % 16 * 17));
    drawing.answers = {{"r-0001", "model_mlp_run1", 7, 0.9F}, {"champion", "Champion", 1, 0.75F}};
    drawing.label = label;
    return drawing;
}

inline DrawingList list_of(const std::vector<Drawing>& drawings) {
    DrawingList list;
    for (const Drawing& drawing : drawings) list.push_back(std::make_shared<const Drawing>(drawing));
    return list;
}

}  // namespace digitlab
