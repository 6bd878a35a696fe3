#pragma once

#include <cstdint>

#include "app/app.h"
#include "ui/window.h"

namespace digitlab {

/// A Window at work on an App: what the user does is carried out in the order in which it was done. A shell brings the input,
/// the time and the screen.
class AppWindow {
   public:
    /// `app` must outlive the window.
    explicit AppWindow(App& app) : app_(app) {}

    Window& window() { return window_; }

    /// The page as it is; to be set whenever it has changed.
    WindowMetrics metrics;

    /// To be called before each frame; see Window::prepare.
    bool prepare(double now_secs);
    /// Draws one frame, with what the pen has drawn up to now on it, and carries out what the user has done in the panels.
    void draw();
    /// A digit was typed where no text is edited: on the Draw view it says what the selected digit truly is.
    void digit_key(int digit);
    /// See App::update.
    void update(double budget_secs);

    /// Returns true when something on the screen is out of date.
    bool wants_frame(double now_secs) const;
    /// Returns true when the next frame is for input or moves by itself, so that it should not wait.
    bool wants_frame_now(double now_secs) const;
    /// Returns true when a frame will be due although nothing happens.
    bool expects_frame() const;
    bool dark() const;

   private:
    void take_strokes();
    void carry_out(Commands commands);

    App& app_;
    Window window_;
    double last_frame_secs_ = 0;
    bool acted_ = false;                ///< the last frame made commands
    std::uint64_t drawn_revision_ = 0;  ///< of the state that the last frame shows
};

}  // namespace digitlab
