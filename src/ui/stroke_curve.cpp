#include "ui/stroke_curve.h"

#include <algorithm>
#include <cmath>

namespace digitlab {

namespace {

/// Points closer together than this, in canvas pixels, are jitter.
constexpr float least_step = 0.75F;
/// Curves are drawn in pieces of about this many canvas pixels.
constexpr float piece = 6;

InkPoint between(InkPoint a, InkPoint b) { return {(a.x + b.x) / 2, (a.y + b.y) / 2}; }

float distance(InkPoint a, InkPoint b) { return std::hypot(a.x - b.x, a.y - b.y); }

}  // namespace

void StrokeCurve::begin(InkPoint at, float diameter, bool erases) {
    open_ = true;
    erases_ = erases;
    last_ = middle_ = at;
    diameter_ = diameter;
    commands_.push_back(BeginStroke{});
    line(at, at, diameter);
}

/// Draws quadratic curves from midpoint to midpoint, with the points as control points: smooth, and never off the points by
/// more than half a step.
void StrokeCurve::move_to(InkPoint to, float diameter) {
    if (distance(last_, to) < least_step) return;
    const InkPoint end = between(last_, to);
    const int pieces = std::max(1, static_cast<int>(std::ceil((distance(middle_, last_) + distance(last_, end)) / piece)));
    InkPoint from = middle_;
    for (int index = 1; index <= pieces; ++index) {
        const float t = static_cast<float>(index) / static_cast<float>(pieces), rest = 1 - t;
        const InkPoint next = {rest * rest * middle_.x + 2 * rest * t * last_.x + t * t * end.x,
                               rest * rest * middle_.y + 2 * rest * t * last_.y + t * t * end.y};
        line(from, next, diameter_ + (diameter - diameter_) * t);
        from = next;
    }
    middle_ = end;
    last_ = to;
    diameter_ = diameter;
}

void StrokeCurve::end() {
    if (!open_) return;
    if (distance(middle_, last_) > 0) line(middle_, last_, diameter_);
    commands_.push_back(EndStroke{});
    open_ = false;
}

void StrokeCurve::line(InkPoint from, InkPoint to, float diameter) {
    commands_.push_back(DrawLine{from, to, erases_ ? eraser_times * diameter : diameter, erases_});
}

void StrokeCurve::append_to(Commands& commands) { commands.take(commands_); }

}  // namespace digitlab
