#include <algorithm>

#include "ui/pointer_input.h"

namespace digitlab {

namespace {

/// The weight of the newest sample in a pen's smoothed pressure: sensors are noisy.
constexpr float pressure_share = 0.5F;

bool inside(const PointerSample& sample, const DrawingSurface& surface) {
    return sample.x >= surface.visible_min.x && sample.y >= surface.visible_min.y && sample.x < surface.visible_max.x &&
           sample.y < surface.visible_max.y;
}

/// Points may lie outside the paper, because a pen that leaves it may come back elsewhere, but not far outside.
InkPoint on_canvas(const PointerSample& sample, const DrawingSurface& surface) {
    constexpr float side = InkCanvas::side;
    const float scale = side / std::max(surface.side, 1.0F);
    return {std::clamp((sample.x - surface.origin.x) * scale, -side, 2 * side),
            std::clamp((sample.y - surface.origin.y) * scale, -side, 2 * side)};
}

}  // namespace

bool StrokeInput::take(const PointerSample& sample, const DrawingSurface& surface) {
    using Phase = PointerSample::Phase;
    if (curve_.open() && sample.pointer_id != pointer_id_)
        return sample.phase == Phase::down || sample.kind != PointerSample::Kind::mouse;
    if (!curve_.open()) {
        const bool draws = surface.shown && surface.takes_strokes && sample.phase == Phase::down &&
                           (sample.button == 0 || sample.button == eraser_button) && inside(sample, surface);
        if (!draws) return false;
        pointer_id_ = sample.pointer_id;
        pressure_ = sample.pressure;
        const bool erases = surface.erasing || sample.button == eraser_button;
        curve_.begin(on_canvas(sample, surface), diameter(sample, surface), erases);
        return true;
    }
    const bool ends = sample.phase == Phase::up || sample.phase == Phase::cancel;
    // A lifted pen has no pressure, but that must not make the line thin.
    if (!ends) pressure_ += pressure_share * (sample.pressure - pressure_);
    // A cancelled pointer has no valid position.
    if (sample.phase != Phase::cancel) curve_.move_to(on_canvas(sample, surface), diameter(sample, surface));
    if (ends) curve_.end();
    return true;
}

/// Half the full pressure, which pens without a sensor report, gives the chosen width.
float StrokeInput::diameter(const PointerSample& sample, const DrawingSurface& surface) const {
    if (sample.kind != PointerSample::Kind::pen) return surface.pen_diameter;
    return surface.pen_diameter * (0.4F + 1.2F * std::clamp(pressure_, 0.0F, 1.0F));
}

void StrokeInput::append_to(Commands& commands) { curve_.append_to(commands); }

}  // namespace digitlab
