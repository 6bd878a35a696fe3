#pragma once

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <thread>

#include "base/clock.h"

namespace digitlab {

/// Polls until `condition()` is true. Fails the test after `deadline_secs`; the default is long because machines may be slow.
template <class Condition>
void wait_until(Condition condition, double deadline_secs = 300) {
    const double deadline = monotonic_secs() + deadline_secs;
    for (;;) {
        if (condition()) return;
        if (monotonic_secs() >= deadline) FAIL("The condition was not met within " << deadline_secs << " seconds.");
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

}  // namespace digitlab
