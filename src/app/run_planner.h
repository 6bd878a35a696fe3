#pragma once

#include "app/dataset_library.h"
#include "app/fine_tuning.h"
#include "app/run_store.h"
#include "app/state.h"
#include "base/clock.h"

namespace digitlab {

/// Makes runs from specs.
class RunPlanner {
   public:
    /// All must outlive this.
    RunPlanner(const State& state, const DatasetLibrary& data, const FineTuning& fine_tuning, RunStore& run_store,
               Clock unix_clock)
        : state_(state), data_(data), fine_tuning_(fine_tuning), run_store_(run_store), unix_clock_(std::move(unix_clock)) {}

    /// Completes the spec so that it can be trained. Fails with "unknown-dataset", "unknown-model", "no-drawings" or
    /// "bad-spec".
    Status check(ExperimentSpec& spec) const;
    /// Completes the specs of a sweep. Fails with "bad-sweep"; the message names the values of the first trial that is wrong.
    Status check(std::vector<SweepTrial>& trials) const;
    /// A run that can be put into the queue. Fails like `check`.
    Result<Run> new_run(ExperimentSpec spec);

   private:
    Status check(ExperimentSpec& spec, Run& run) const;

    const State& state_;
    const DatasetLibrary& data_;
    const FineTuning& fine_tuning_;
    RunStore& run_store_;
    Clock unix_clock_;
};

}  // namespace digitlab
