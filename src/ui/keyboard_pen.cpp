#include "ui/keyboard_pen.h"

#include <algorithm>
#include <cmath>

namespace digitlab {

namespace {

constexpr float step = 8, long_step = 40;  ///< canvas pixels

/// The direction, right and down, in steps; both 0 for any other key.
ImVec2 direction_of(const std::string& key) {
    if (key == "ArrowLeft") return {-1, 0};
    if (key == "ArrowRight") return {1, 0};
    if (key == "ArrowUp") return {0, -1};
    if (key == "ArrowDown") return {0, 1};
    return {0, 0};
}

float on_paper(float place) { return std::clamp(place, 0.0F, static_cast<float>(InkCanvas::side)); }

int percent_of_side(float place) { return static_cast<int>(std::lround(100 * place / InkCanvas::side)); }

}  // namespace

bool KeyboardPen::press(const KeyPress& key, const DrawingSurface& surface) {
    return command(key) || (surface.takes_strokes && !key.control && move(key, surface));
}

bool KeyboardPen::command(const KeyPress& key) {
    if (key.control && (key.key == "z" || key.key == "Z")) {
        key.shift ? commands_.push_back(RedoDrawing{}) : commands_.push_back(UndoDrawing{});
    } else if (key.control && (key.key == "y" || key.key == "Y")) {
        commands_.push_back(RedoDrawing{});
    } else if (!key.control && (key.key == "Delete" || key.key == "Backspace")) {
        commands_.push_back(ClearDrawing{});
    } else {
        return false;
    }
    curve_.end();
    return true;
}

bool KeyboardPen::move(const KeyPress& key, const DrawingSurface& surface) {
    const ImVec2 direction = direction_of(key.key);
    if (direction.x != 0 || direction.y != 0) {
        const float length = key.shift ? long_step : step;
        place_ = {on_paper(place_.x + direction.x * length), on_paper(place_.y + direction.y * length)};
        if (curve_.open()) curve_.move_to(place_, surface.pen_diameter);
    } else if (key.key == " " || key.key == "Enter") {
        curve_.open() ? curve_.end() : curve_.begin(place_, surface.pen_diameter, surface.erasing);
    } else if (key.key == "Escape" && curve_.open()) {
        curve_.end();
    } else {
        return false;
    }
    shown_ = true;
    return true;
}

void KeyboardPen::rest() {
    curve_.end();
    shown_ = false;
}

void KeyboardPen::append_to(Commands& commands) {
    curve_.append_to(commands);
    commands.take(commands_);
}

std::string words_of(const KeyboardPen& pen) {
    return std::string(pen.down() ? "Pen down, " : "Pen up, ") + std::to_string(percent_of_side(pen.place().x)) +
           " % across and " + std::to_string(percent_of_side(pen.place().y)) + " % down";
}

}  // namespace digitlab
