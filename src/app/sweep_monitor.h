#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/state.h"
#include "app/training_queue.h"
#include "train/sweep.h"

namespace digitlab {

/// Sweeps at work: stops trainings that are worse than most others of their sweep.
class SweepMonitor {
   public:
    /// Both must outlive it.
    SweepMonitor(const State& state, TrainingQueue& trainings) : state_(state), trainings_(trainings) {}

    /// A name for a sweep that no other has here.
    std::string unused_name(const std::string& wanted) const;
    /// From now on the runs of this sweep are followed.
    void begin(const std::string& name, bool median_stopping);
    /// To be called when a run has finished an epoch.
    void follow(const Run& run);

   private:
    const State& state_;
    TrainingQueue& trainings_;
    std::set<std::string> stopping_;  ///< names of sweeps with median stopping
};

/// The runs of a sweep, best first: by the best validation accuracy of an epoch.
std::vector<const Run*> ranked_runs(const State& state, const std::string& sweep);
/// 0 before the first epoch.
double best_validation_accuracy(const Run& run);

}  // namespace digitlab
