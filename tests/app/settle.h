#pragma once

#include "app/app.h"
#include "wait.h"

namespace digitlab {

/// Returns the services for an App, with a fixed date.
inline App::Services services(Files& files, int threads = 2, TrainingSession::Kind sessions = TrainingSession::usual_kind()) {
    return {files, monotonic_secs, [] { return 1.7e9; }, {"native", "test", threads}, sessions};
}

/// Lets the app work for a moment, as the page does between frames.
inline void look(App& app) { app.update(0.005); }

/// Lets the app work until `condition()`; fails the test at the deadline.
template <class Condition>
void wait_until(App& app, Condition condition, double deadline_secs = 300) {
    wait_until(
        [&] {
            if (condition()) return true;
            look(app);
            return condition();
        },
        deadline_secs);
}

/// Lets the app work until nothing is left to do.
inline void settle(App& app) {
    app.update(0);
    wait_until(app, [&] { return !app.busy(); });
    app.update(0);
}

}  // namespace digitlab
