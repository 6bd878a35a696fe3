#pragma once

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <thread>

#include "app/app.h"
#include "base/clock.h"

namespace digitlab {

/// Of an App on two threads whose date stands still.
inline App::Services services(Files& files) {
    return {files, monotonic_secs, [] { return 1.7e9; }, {"native", "test", 2}};
}

/// Lets the app work until nothing is left to do; gives up after a minute.
inline void settle(App& app) {
    const double deadline = monotonic_secs() + 60;
    while (app.busy() && monotonic_secs() < deadline) {
        if (!app.update(0.05)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    app.update(0.05);
    REQUIRE_FALSE(app.busy());
}

}  // namespace digitlab
