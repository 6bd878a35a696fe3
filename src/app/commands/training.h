#pragma once

#include <optional>
#include <string>

#include "app/one_of.h"
#include "app/state.h"
#include "train/benchmark.h"
#include "train/session.h"

namespace digitlab {

// Commands about training: TrainingControl carries them out.

/// Starts a run at once, or as soon as its data set is there and it is its turn. Without a spec, the form's is used.
struct StartTraining {
    std::optional<ExperimentSpec> spec;
};
/// Puts every run of a sweep into the queue; without a sweep, the one in the forms. Fails with "bad-sweep" or "bad-spec".
struct StartSweep {
    std::optional<Sweep> sweep;
    int shard = 0, shards = 1;  ///< only every `shards`-th run, starting with number `shard`
};
/// Trains an interrupted or stopped run to its end, as if it had never stopped. Fails with "unknown-run", "busy",
/// "cannot-continue", or the error of a checkpoint that cannot be read.
struct ContinueRun {
    std::string id;
};

// These act on the given run or, without an id, on the one in view. They fail with "not-training".

struct PauseTraining {
    std::string run_id = {};
};
struct ResumeTraining {
    std::string run_id = {};
};
/// Ends the run and keeps what it has learned; one that is still in the queue leaves no run behind.
struct StopTraining {
    std::string run_id = {};
};
/// Trains for one batch or to the end of the epoch, then pauses.
struct StepTraining {
    StepUnit unit;
    std::string run_id = {};
};
/// Sets the learning rate that the schedule starts from; the schedule continues accordingly. Fails with "bad-spec".
struct SetLearningRate {
    float rate;
    std::string run_id = {};
};

struct ShowTraining {
    std::string run_id;
};
/// Sets how many runs train at the same time, 1 to `most_at_once`. Fails with "bad-argument".
struct SetAtOnce {
    int count;
};

/// Measures how fast this build trains and answers; `App::take_benchmark` has the result. Fails with "busy" while a network
/// trains or another benchmark runs, or with "no-thread".
struct StartBenchmark {
    BenchmarkOptions options;
};

using TrainingCommand = OneOf<StartTraining, StartSweep, ContinueRun, PauseTraining, ResumeTraining, StopTraining, StepTraining,
                              SetLearningRate, ShowTraining, SetAtOnce, StartBenchmark>;

}  // namespace digitlab
