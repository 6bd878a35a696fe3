#pragma once

#include "app/commands/training.h"
#include "app/run_planner.h"
#include "app/state.h"
#include "app/sweep_monitor.h"
#include "app/training_queue.h"
#include "train/benchmark_job.h"

namespace digitlab {

/// Carries out the commands about training: puts runs into the queue and passes on what the user does with them.
class TrainingControl {
   public:
    /// All must outlive this.
    TrainingControl(const State& state, RunPlanner& planner, RunStore& run_store, TrainingQueue& trainings,
                    SweepMonitor& sweeps, BenchmarkJob& benchmark)
        : state_(state),
          planner_(planner),
          run_store_(run_store),
          trainings_(trainings),
          sweeps_(sweeps),
          benchmark_(benchmark) {}

    Status handle(TrainingCommand command);

   private:
    Status on(StartTraining&& command);
    Status on(StartSweep&& command);
    Status on(const ContinueRun& command);
    Status on(const PauseTraining& command) { return trainings_.pause(command.run_id, true); }
    Status on(const ResumeTraining& command) { return trainings_.pause(command.run_id, false); }
    Status on(const StopTraining& command) { return trainings_.stop(command.run_id); }
    Status on(const StepTraining& command) { return trainings_.step(command.run_id, command.unit); }
    Status on(const SetLearningRate& command) { return trainings_.set_learning_rate(command.run_id, command.rate); }
    Status on(const ShowTraining& command) { return trainings_.show(command.run_id); }
    Status on(const StartBenchmark& command);
    Status on(const SetAtOnce& command) { return trainings_.set_at_once(command.count); }

    const State& state_;
    RunPlanner& planner_;
    RunStore& run_store_;
    TrainingQueue& trainings_;
    SweepMonitor& sweeps_;
    BenchmarkJob& benchmark_;
};

}  // namespace digitlab
