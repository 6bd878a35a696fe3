#include "ui/app_window.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace digitlab {

bool AppWindow::prepare(double now_secs) {
    metrics.now_secs = now_secs;
    const bool new_fonts = window_.prepare(metrics, app_.state().theme);
    // Frames are drawn only when something changes; after a pause the time since the last one means nothing.
    ImGui::GetIO().DeltaTime = static_cast<float>(std::clamp(now_secs - last_frame_secs_, 0.001, 0.1));
    last_frame_secs_ = now_secs;
    return new_fonts;
}

void AppWindow::draw() {
    take_strokes();
    drawn_revision_ = app_.state().revision;
    Commands commands;
    window_.draw(app_.state(), commands);
    acted_ = !commands.empty();
    carry_out(std::move(commands));
}

void AppWindow::digit_key(int digit) {
    take_strokes();  // the digit is the label of what has been drawn up to now
    const State& state = app_.state();
    if (state.view == View::draw && selected_digit(state.draw)) app_.perform(LabelDrawn{digit});
}

void AppWindow::update(double budget_secs) {
    acted_ = false;
    (void)app_.update(budget_secs);
}

bool AppWindow::wants_frame(double now_secs) const {
    return wants_frame_now(now_secs) || app_.state().revision != drawn_revision_;
}

bool AppWindow::wants_frame_now(double now_secs) const {
    const bool due = now_secs >= window_.next_frame_secs();
    return window_.wants_frame() || due || (acted_ && app_.state().revision != drawn_revision_);
}

double AppWindow::secs_to_next_frame(double now_secs) const { return std::max(window_.next_frame_secs() - now_secs, 0.0); }

bool AppWindow::dark() const {
    const ThemeChoice theme = app_.state().theme;
    return theme == ThemeChoice::dark || (theme == ThemeChoice::system && metrics.system_dark);
}

void AppWindow::take_strokes() {
    Commands strokes;
    window_.take_strokes(strokes);
    carry_out(std::move(strokes));
}

/// Also lets the models answer if they can at once.
void AppWindow::carry_out(Commands commands) {
    app_.perform(std::move(commands));
    (void)app_.update(0);
}

}  // namespace digitlab
