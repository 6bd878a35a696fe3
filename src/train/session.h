#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "train/trainer.h"

namespace digitlab {

enum class StepUnit { batch, epoch };

/// What a session has done since it was last asked.
struct SessionUpdate {
    TrainingProgress progress;
    bool paused = false;
    std::vector<ChartPoint> new_points;    ///< since the last update
    std::vector<EpochMetrics> new_epochs;  ///< since the last update
    std::vector<RateChange> rate_changes;  ///< all
    TrainingView view;
    std::optional<Model> epoch_model;  ///< weights after the latest of `new_epochs`
    std::optional<Model> checkpoint;   ///< taken then; nothing after the last epoch
    std::string weights_hash;          ///< of the latest model in this update
    bool ended = false;                ///< the rest is valid only then
    bool stopped_early = false;
    std::optional<Error> error;
    std::optional<TestResult> test;
    std::optional<Model> model;
    double secs = 0;
};

/// A Trainer at work. With threads it has its own, which loops over `Trainer::step()`; without, `advance()` does the steps in
/// slices. Every member function is called from the main thread and returns at once (advance: after its slice).
class TrainingSession {
   public:
    static Result<std::unique_ptr<TrainingSession>> start(const ExperimentSpec& spec, TrainingInput input, int threads,
                                                          Clock clock);
    ~TrainingSession();  ///< abandons what still runs and waits for the current step

    void pause();
    void resume();
    void stop();  ///< ends after the current step with figures and weights as they are
    void set_learning_rate(float learning_rate);
    /// Pauses after one more mini-batch, or at the end of an epoch.
    void step(StepUnit unit);
    /// Does nothing for a while, after the current step, to leave the processor to something else. Unlike a pause it is
    /// nobody's wish, so no step and no `resume` ends it.
    void rest(bool rests);
    /// With how many threads it goes on, 1 or more; changes the time, never the weights.
    void set_threads(int threads);

    /// True when the caller has to call `advance` for anything to happen: in builds without threads, unless it is paused or
    /// rests.
    bool needs_advance() const;
    void advance(double budget_secs);

    /// Changes whenever `take_update` has something new. Safe to poll.
    std::uint64_t version() const;
    SessionUpdate take_update();

   private:
    struct Impl;
    explicit TrainingSession(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace digitlab
