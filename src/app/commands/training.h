#pragma once

#include <optional>
#include <string>

#include "app/one_of.h"
#include "app/state.h"
#include "train/session.h"

namespace digitlab {

// Commands about trainings: TrainingControl carries them out.

/// Starts training at once, or as soon as the data set is there and it is its turn. Without a spec, the form's is used.
struct StartTraining {
    std::optional<ExperimentSpec> spec;
};
/// Puts every training of a sweep into the queue; without a sweep, those of the forms. Codes "bad-sweep", "bad-spec".
struct StartSweep {
    std::optional<Sweep> sweep;
    int shard = 0, shards = 1;  ///< only every `shards`-th training, from number `shard` on
};
/// Trains an interrupted or stopped run to its end, as if it had never stopped. Codes "unknown-run", "busy",
/// "cannot-continue", and those of a checkpoint that cannot be read.
struct ContinueRun {
    std::string id;
};

// These concern the training of a run, or without an id the training in view. Code "not-training".

struct PauseTraining {
    std::string run_id = {};
};
struct ResumeTraining {
    std::string run_id = {};
};
/// Ends it with what it has learned; one that is still in the queue leaves no run behind.
struct StopTraining {
    std::string run_id = {};
};
/// Goes on for one mini-batch or to the end of the epoch, and pauses.
struct StepTraining {
    StepUnit unit;
    std::string run_id = {};
};
/// Sets where the schedule would have started; it goes on from there. Code "bad-spec".
struct SetLearningRate {
    float rate;
    std::string run_id = {};
};

struct ShowTraining {
    std::string run_id;
};
/// Sets how many train at the same time, 1 to `most_at_once`. Code "bad-argument".
struct SetAtOnce {
    int count;
};

using TrainingCommand = OneOf<StartTraining, StartSweep, ContinueRun, PauseTraining, ResumeTraining, StopTraining, StepTraining,
                              SetLearningRate, ShowTraining, SetAtOnce>;

}  // namespace digitlab
