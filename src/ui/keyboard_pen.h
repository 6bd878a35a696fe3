#pragma once

#include <string>

#include "ui/stroke_curve.h"
#include "ui/ui.h"
#include "ui/window.h"

namespace digitlab {

/// Draws with the keyboard: the arrow keys move a pen over the paper, Space or Enter puts it down and lifts it, Shift makes
/// longer steps, Escape lifts it. It also handles the drawing area's shortcuts: Delete and Backspace clear, Ctrl+Z undoes,
/// Ctrl+Shift+Z and Ctrl+Y redo.
class KeyboardPen {
   public:
    /// Handles a key pressed while the drawing area has the focus. Returns true when the key was one of these.
    bool press(const KeyPress& key, const DrawingSurface& surface);
    /// Lifts the pen and hides it; called when the focus has moved elsewhere or a pointer draws.
    void rest();

    bool shown() const { return shown_; }  ///< after an arrow key, Space or Enter was pressed
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

/// "Pen up, 50 % across and 25 % down": what a screen reader says while the user draws.
std::string words_of(const KeyboardPen& pen);

}  // namespace digitlab
