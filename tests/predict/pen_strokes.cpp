#include "predict/pen_strokes.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace digitlab {

std::vector<PenDigit> read_pen_digits(const std::string& path) {
    std::vector<PenDigit> digits;
    std::ifstream file(path);
    bool pen_is_down = false;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(".SEGMENT DIGIT")) {
            digits.push_back({line.at(line.find('"') + 1) - '0', {}});
        } else if (line.starts_with(".PEN_DOWN") && !digits.empty()) {
            digits.back().strokes.emplace_back();
            pen_is_down = true;
        } else if (line.starts_with('.')) {
            pen_is_down = false;
        } else if (pen_is_down) {
            InkPoint point;
            if (std::istringstream(line) >> point.x >> point.y) digits.back().strokes.back().push_back({point.x, -point.y});
        }
    }
    return digits;
}

std::function<InkPoint(InkPoint)> centred_on_canvas(const PenDigit& digit, float size) {
    InkPoint low{1e9F, 1e9F}, high{-1e9F, -1e9F};
    for (const auto& stroke : digit.strokes) {
        for (const InkPoint& point : stroke) {
            low = {std::min(low.x, point.x), std::min(low.y, point.y)};
            high = {std::max(high.x, point.x), std::max(high.y, point.y)};
        }
    }
    const float scale = size / std::max({high.x - low.x, high.y - low.y, 1.0F});
    const float middle = InkCanvas::side / 2.0F;
    return [=](InkPoint point) {
        return InkPoint{middle + scale * (point.x - (low.x + high.x) / 2), middle + scale * (point.y - (low.y + high.y) / 2)};
    };
}

}  // namespace digitlab
