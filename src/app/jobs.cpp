#include "app/jobs.h"

#include <algorithm>

namespace digitlab {

bool Jobs::pending() const {
    return std::ranges::any_of(jobs_, [](const Job& job) { return job.pending(); });
}

bool Jobs::advance(double budget_secs) {
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
        const std::size_t turn = (next_ + i) % jobs_.size();
        if (!jobs_[turn].pending()) continue;
        next_ = turn + 1;
        return jobs_[turn].advance(budget_secs);
    }
    return false;
}

}  // namespace digitlab
