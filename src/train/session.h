#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/threads.h"
#include "train/trainer.h"

namespace digitlab {

enum class StepUnit { batch, epoch };

/// What a session has done since it was last asked.
struct SessionUpdate {
    TrainingProgress progress;
    bool stands_still = false;             ///< paused or at rest: no step is under way or will be until something is asked
    std::vector<ChartPoint> new_points;    ///< since the last update
    std::vector<EpochMetrics> new_epochs;  ///< since the last update
    std::vector<RateChange> rate_changes;  ///< all
    std::optional<TrainingView> view;      ///< if there is a newer one
    std::optional<Model> epoch_model;      ///< weights after the latest of `new_epochs`
    std::optional<Model> checkpoint;       ///< the latest; at most one a second, and none after the last epoch
    std::string weights_hash;              ///< of the latest model in this update
    bool ended = false;                    ///< what follows is valid only then
    bool stopped_early = false;
    std::optional<Error> error;
    std::optional<TestResult> test;
    std::optional<Model> model;  ///< none if the session ended because memory ran out or the like
};

/// What the caller asks of a training, looked at between two steps.
struct SessionRequests {
    // These stand until they are taken back.
    bool pause = false;
    bool stop = false;
    bool rest = false;
    // These are carried out once.
    bool halt = false;  ///< a step that is under way is not finished
    std::optional<StepUnit> step;
    std::optional<float> learning_rate;
    std::optional<int> threads;

    /// Returns a copy, and leaves only those that stand.
    SessionRequests take();
};

/// A Trainer at work. Every member function is called from one thread, the program's main thread, and returns at once
/// (`advance` after its slice). Nothing is thrown: whatever ends a training is an error in its last update.
class TrainingSession {
   public:
    /// A threaded session trains on a thread of its own. A sliced one trains in `advance`, for hosts without threads.
    enum class Kind { threaded, sliced };
    static constexpr Kind usual_kind() { return has_threads() ? Kind::threaded : Kind::sliced; }

    /// `threads` counts the training thread. Codes "bad-spec" and "no-data", "no-thread" if there is none for it, and those of
    /// `Trainer::create` if the session is sliced; a threaded one reports them in its update.
    static Result<std::unique_ptr<TrainingSession>> start(Kind kind, const ExperimentSpec& spec, TrainingInput input,
                                                          int threads, Clock clock);
    /// Abandons what still runs and waits for the current step.
    virtual ~TrainingSession() = default;

    void pause();
    void resume();
    void stop();  ///< ends after the current step with figures and weights as they are
    void set_learning_rate(float learning_rate);
    /// Pauses after one more mini-batch, or at the end of an epoch.
    void step(StepUnit unit);
    /// Does nothing for a while, after the current step, to leave the processor to something else. Unlike a pause this is not
    /// the user's decision, so no step and no `resume` ends it.
    void rest(bool rests);
    /// Goes on with this many threads, 1 or more, as far as they can be had. Changes the time, never the weights.
    void set_threads(int threads);

    /// True when the caller has to call `advance` for anything to happen.
    virtual bool needs_advance() const = 0;
    virtual void advance(double budget_secs) = 0;

    /// Changes whenever `take_update` has something new. Cheap to poll.
    virtual std::uint64_t version() const = 0;
    virtual SessionUpdate take_update() = 0;

   protected:
    /// Lets `change` change what is asked of the training.
    virtual void request(const std::function<void(SessionRequests&)>& change) = 0;
};

}  // namespace digitlab
