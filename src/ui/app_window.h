#pragma once

#include <cstdint>

#include "app/app.h"
#include "ui/window.h"

namespace digitlab {

/// Connects a Window to an App: the user's actions are carried out in their order. A shell provides the input, the time and the
/// screen.
class AppWindow {
   public:
    /// `app` must outlive the window.
    explicit AppWindow(App& app) : app_(app) {}

    Window& window() { return window_; }

    /// The current page; must be set whenever it has changed.
    WindowMetrics metrics;

    /// Must be called before each frame; see Window::prepare.
    bool prepare(double now_secs);
    /// Draws one frame that includes the latest strokes, and carries out what the user has done in the panels.
    void draw();
    /// Must be called when a digit is typed outside a text field: on the Draw view it labels the selected digit.
    void digit_key(int digit);
    /// See App::update.
    void update(double budget_secs);

    /// Returns true when something on the screen is out of date.
    bool wants_frame(double now_secs) const;
    /// Returns true when the next frame shows input or an animation and should not wait.
    bool wants_frame_now(double now_secs) const;
    /// Returns how long it takes until a frame is due even if nothing happens; INFINITY when none will be.
    double secs_to_next_frame(double now_secs) const;
    bool dark() const;

   private:
    void take_strokes();
    void carry_out(Commands commands);

    App& app_;
    Window window_;
    double last_frame_secs_ = 0;
    bool acted_ = false;                ///< the last frame made commands
    std::uint64_t drawn_revision_ = 0;  ///< State::revision in the last frame
};

}  // namespace digitlab
