#pragma once

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <thread>

#include "app/app.h"
#include "base/clock.h"

namespace digitlab {

/// Of an App whose date stands still.
inline App::Services services(Files& files, int threads = 2) {
    return {files, monotonic_secs, [] { return 1.7e9; }, {"native", "test", threads}};
}

/// Lets the app work for a moment, as the page does between two frames.
inline void look(App& app) {
    if (!app.update(0.005)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

/// Lets the app work until `condition()`; gives up after five minutes.
template <class Condition>
void wait_until(App& app, Condition condition) {
    const double deadline = monotonic_secs() + 300;
    while (!condition() && monotonic_secs() < deadline) look(app);
    REQUIRE(condition());
}

/// Lets the app work until nothing is left to do.
inline void settle(App& app) {
    app.update(0);
    wait_until(app, [&] { return !app.busy(); });
    app.update(0);
}

}  // namespace digitlab
