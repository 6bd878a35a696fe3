#pragma once

#include <utility>

#include "base/clock.h"

namespace digitlab {

/// Measures running time, without pauses.
class Stopwatch {
   public:
    /// Starts now, with `before` seconds already counted.
    explicit Stopwatch(Clock clock, double before = 0) : clock_(std::move(clock)), started_(clock_()), before_(before) {}

    double secs() const { return before_ + (running_ ? clock_() - started_ : 0); }
    void pause() {
        before_ = secs();
        running_ = false;
    }
    void resume() {
        if (!running_) started_ = clock_();
        running_ = true;
    }

   private:
    Clock clock_;
    double started_;
    double before_;
    bool running_ = true;
};

}  // namespace digitlab
