#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/state.h"
#include "app/training_queue.h"
#include "train/sweep.h"

namespace digitlab {

/// Watches active sweeps and stops runs that are worse than most others of their sweep.
class SweepMonitor {
   public:
    /// Both must outlive it.
    SweepMonitor(const State& state, TrainingQueue& trainings) : state_(state), trainings_(trainings) {}

    /// `wanted`, or a variant of it when another sweep has that name.
    std::string unused_name(const std::string& wanted) const;
    /// Starts to watch the runs of this sweep if it uses median stopping.
    void begin(const std::string& name, bool median_stopping);
    /// Must be called when a run has finished an epoch.
    void follow(const Run& run);

   private:
    const State& state_;
    TrainingQueue& trainings_;
    std::set<std::string> stopping_;  ///< names of sweeps with median stopping
};

/// The runs of a sweep, best first, by their best validation accuracy in any epoch.
std::vector<const Run*> ranked_runs(const State& state, const std::string& sweep);
/// 0 before the first epoch.
double best_validation_accuracy(const Run& run);

}  // namespace digitlab
