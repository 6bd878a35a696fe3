#pragma once

#include <functional>

namespace digitlab {

/// Seconds since an arbitrary fixed moment, never going back. Passed in wherever time is measured.
using Clock = std::function<double()>;

/// The machine's own monotonic clock.
double monotonic_secs();

/// Seconds since 1970-01-01 UTC, for dates shown to people.
double unix_secs();

}  // namespace digitlab
