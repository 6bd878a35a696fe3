#pragma once

#include "train/metrics.h"

namespace digitlab::cli {

/// One line on standard error that is rewritten as training goes on. If that is not a terminal, one plain line per epoch.
class ProgressBar {
   public:
    ProgressBar();
    void show(const TrainingProgress& progress);
    void epoch_done(const EpochMetrics& metrics);
    void clear();

   private:
    bool terminal_;
};

}  // namespace digitlab::cli
