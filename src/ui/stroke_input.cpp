#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/pointer_input.h"

namespace digitlab {

namespace {

/// Nearer samples, in canvas pixels, are jitter.
constexpr float least_step = 0.75F;
/// Curves are drawn in pieces of about this many canvas pixels.
constexpr float piece = 6;

InkPoint between(InkPoint a, InkPoint b) { return {(a.x + b.x) / 2, (a.y + b.y) / 2}; }

float distance(InkPoint a, InkPoint b) { return std::hypot(a.x - b.x, a.y - b.y); }

bool inside(const PointerSample& sample, const DrawingSurface& surface) {
    return sample.x >= surface.visible_min.x && sample.y >= surface.visible_min.y && sample.x < surface.visible_max.x &&
           sample.y < surface.visible_max.y;
}

/// A pen that leaves the paper may come back elsewhere; far outside there is nothing to draw.
InkPoint on_canvas(const PointerSample& sample, const DrawingSurface& surface) {
    constexpr float side = InkCanvas::side;
    const float scale = side / std::max(surface.side, 1.0F);
    return {std::clamp((sample.x - surface.origin.x) * scale, -side, 2 * side),
            std::clamp((sample.y - surface.origin.y) * scale, -side, 2 * side)};
}

}  // namespace

bool StrokeInput::take(const PointerSample& sample, const DrawingSurface& surface) {
    using Phase = PointerSample::Phase;
    if (drawing_ && sample.pointer_id != pointer_id_)
        return sample.phase == Phase::down || sample.kind != PointerSample::Kind::mouse;
    if (!drawing_) {
        if (!surface.shown || sample.phase != Phase::down || sample.button != 0 || !inside(sample, surface)) return false;
        drawing_ = true;
        pointer_id_ = sample.pointer_id;
        last_ = middle_ = on_canvas(sample, surface);
        line(last_, last_);
        return true;
    }
    // A cancelled pointer has no place of its own.
    if (sample.phase != Phase::cancel) move_to(on_canvas(sample, surface));
    if (sample.phase == Phase::up || sample.phase == Phase::cancel) {
        if (distance(middle_, last_) > 0) line(middle_, last_);
        drawing_ = false;
    }
    return true;
}

/// Quadratic curves from midpoint to midpoint, with the samples as control points: smooth, and never off the samples by more
/// than half a step.
void StrokeInput::move_to(InkPoint point) {
    if (distance(last_, point) < least_step) return;
    const InkPoint end = between(last_, point);
    const int pieces = std::max(1, static_cast<int>(std::ceil((distance(middle_, last_) + distance(last_, end)) / piece)));
    InkPoint from = middle_;
    for (int index = 1; index <= pieces; ++index) {
        const float t = static_cast<float>(index) / static_cast<float>(pieces), rest = 1 - t;
        const InkPoint to = {rest * rest * middle_.x + 2 * rest * t * last_.x + t * t * end.x,
                             rest * rest * middle_.y + 2 * rest * t * last_.y + t * t * end.y};
        line(from, to);
        from = to;
    }
    middle_ = end;
    last_ = point;
}

void StrokeInput::line(InkPoint from, InkPoint to) { lines_.push_back(DrawLine{from, to}); }

void StrokeInput::append_to(Commands& commands) {
    commands.insert(commands.end(), lines_.begin(), lines_.end());
    lines_.clear();
}

}  // namespace digitlab
