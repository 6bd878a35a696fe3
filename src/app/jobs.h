#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace digitlab {

/// Work that is done a little at a time. Jobs take turns, so that a long one does not hold up the others.
class Jobs {
   public:
    struct Job {
        std::function<bool()> pending;                    ///< whether there is something left to do
        std::function<bool(double budget_secs)> advance;  ///< works for about this long; true when the state has changed
    };
    explicit Jobs(std::vector<Job> jobs) : jobs_(std::move(jobs)) {}

    bool pending() const;
    /// Runs the next pending job; the next call starts with the job after it. Returns true when the state has changed.
    bool advance(double budget_secs);

   private:
    std::vector<Job> jobs_;
    std::size_t next_ = 0;
};

}  // namespace digitlab
