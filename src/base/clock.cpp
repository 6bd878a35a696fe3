#include "base/clock.h"

#include <chrono>

namespace digitlab {

namespace {

template <class SomeClock>
double secs_since_epoch() {
    return std::chrono::duration<double>(SomeClock::now().time_since_epoch()).count();
}

}  // namespace

double monotonic_secs() { return secs_since_epoch<std::chrono::steady_clock>(); }

double unix_secs() { return secs_since_epoch<std::chrono::system_clock>(); }

}  // namespace digitlab
