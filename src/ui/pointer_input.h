#pragma once

#include "app/command.h"
#include "ui/mirror.h"
#include "ui/stroke_curve.h"
#include "ui/ui.h"
#include "ui/window.h"

namespace digitlab {

/// Turns strokes on the drawing area into commands. A stroke belongs to the pointer that started it; other fingers are ignored
/// until it ends, and so is a palm beside the pen. The harder a pen is pressed, the wider its line; the other end of some pens
/// erases.
class StrokeInput {
   public:
    /// Returns true when the sample belongs to a stroke.
    bool take(const PointerSample& sample, const DrawingSurface& surface);
    /// Moves the lines drawn since the last call to `commands`.
    void append_to(Commands& commands);

   private:
    float diameter(const PointerSample& sample, const DrawingSurface& surface) const;

    StrokeCurve curve_;
    int pointer_id_ = 0;
    float pressure_ = 0;  ///< smoothed
};

/// Feeds the pointer to Dear ImGui. A finger that moves scrolls the page instead of pressing what it started on, except on
/// sliders, which it drags. A press on a pressable widget goes to the mirror, which activates the widget.
class PointerInput {
   public:
    void take(const PointerSample& sample, Mirror& mirror);
    /// The vertical distance that a finger has moved the page since the last call, in CSS pixels; positive when downwards.
    float take_scroll();

   private:
    void press(const PointerSample& sample, const Mirror& mirror);
    void finger_moves(const PointerSample& sample);
    void release(const PointerSample& sample, Mirror& mirror);
    bool rests_near_start(const PointerSample& sample) const;

    enum class Finger { none, undecided, scrolls, drags };
    Finger finger_ = Finger::none;
    int finger_id_ = 0;
    float start_x_ = 0, start_y_ = 0, last_y_ = 0;
    float scroll_ = 0;
    std::uint32_t pressed_ = 0;  ///< the pressable widget that the primary button or a finger is down on
};

}  // namespace digitlab
