#pragma once

#include <string>

#include "ui/stroke_curve.h"
#include "ui/ui.h"
#include "ui/window.h"

namespace digitlab {

/// Draws with the keyboard: the arrow keys move a pen over the paper, Space or Enter puts it down and lifts it, Shift makes
/// longer steps, Escape lifts it. Also the drawing area's shortcuts: Delete clears, Ctrl+Z undoes, Ctrl+Shift+Z and Ctrl+Y
/// redo.
class KeyboardPen {
   public:
    /// True when the key was one of these. The drawing area has the focus.
    bool press(const KeyPress& key, const DrawingSurface& surface);
    /// The focus has gone elsewhere, or a pointer draws: lifts the pen and hides it.
    void rest();

    bool shown() const { return shown_; }  ///< once an arrow key, Space or Enter was pressed
    bool down() const { return curve_.open(); }
    InkPoint place() const { return place_; }  ///< in canvas pixels
    void append_to(Commands& commands);

   private:
    bool move(const KeyPress& key, const DrawingSurface& surface);
    bool command(const KeyPress& key);

    StrokeCurve curve_;
    Commands commands_;
    InkPoint place_ = {InkCanvas::side / 2.0F, InkCanvas::side / 2.0F};
    bool shown_ = false;
};

/// "Pen up, 50 % across and 25 % down": what a screen reader says while one draws.
std::string words_of(const KeyboardPen& pen);

}  // namespace digitlab
