#pragma once

#include "app/data_desk.h"
#include "app/fine_tuning_desk.h"
#include "app/run_shelf.h"
#include "app/state.h"
#include "base/clock.h"

namespace digitlab {

/// Makes runs of specs.
class RunPlanner {
   public:
    /// All must outlive this.
    RunPlanner(const State& state, const DataDesk& data, const FineTuningDesk& fine_tuning, RunShelf& shelf, Clock unix_clock)
        : state_(state), data_(data), fine_tuning_(fine_tuning), shelf_(shelf), unix_clock_(std::move(unix_clock)) {}

    /// Makes the spec one that can be trained. Codes "unknown-dataset", "unknown-model", "no-drawings" and "bad-spec".
    Status check(ExperimentSpec& spec) const;
    /// A run that can be put into the queue. The codes of `check`.
    Result<Run> new_run(ExperimentSpec spec);

   private:
    Status check(ExperimentSpec& spec, Run& run) const;

    const State& state_;
    const DataDesk& data_;
    const FineTuningDesk& fine_tuning_;
    RunShelf& shelf_;
    Clock unix_clock_;
};

}  // namespace digitlab
