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
    bool stands_still = false;             ///< paused or at rest: no step runs or will run until the next request
    std::vector<ChartPoint> new_points;    ///< since the last update
    std::vector<EpochMetrics> new_epochs;  ///< since the last update
    std::vector<RateChange> rate_changes;  ///< all
    std::optional<TrainingView> view;      ///< if there is a newer one
    std::optional<Model> epoch_model;      ///< weights after the latest of `new_epochs`
    std::optional<Model> checkpoint;       ///< the latest; at most one a second, and none after the last epoch
    std::string weights_hash;              ///< of the latest model in this update
    bool ended = false;                    ///< the fields below are valid only if true
    bool stopped_early = false;
    std::optional<Error> error;
    std::optional<TestResult> test;
    std::optional<Model> model;  ///< none if the session ended with an exception, for example out of memory
};

/// The caller's requests to a session, handled between two steps.
struct SessionRequests {
    // These stay in force until they are withdrawn.
    bool pause = false;
    bool stop = false;
    bool rest = false;
    // These are handled once.
    bool halt = false;  ///< cancel the current `step` request
    std::optional<StepUnit> step;
    std::optional<float> learning_rate;
    std::optional<int> threads;

    /// Returns a copy and keeps only the requests that stay in force.
    SessionRequests take();
};

/// A running Trainer. Every member function must be called from the program's main thread, and returns immediately (`advance`
/// after its slice). Nothing is thrown: an exception becomes an error in the last update.
class TrainingSession {
   public:
    /// A threaded session trains on its own thread. A sliced one trains in `advance`, for hosts without threads.
    enum class Kind { threaded, sliced };
    static constexpr Kind usual_kind() { return has_threads() ? Kind::threaded : Kind::sliced; }

    /// `threads` includes the training thread. Fails with "bad-spec", "no-data", "no-thread" if no thread is available, or, for
    /// a sliced session, a code of `Trainer::create`; a threaded session reports those in its update.
    static Result<std::unique_ptr<TrainingSession>> start(Kind kind, const ExperimentSpec& spec, TrainingInput input,
                                                          int threads, Clock clock);
    /// Abandons the run and waits for the current step.
    virtual ~TrainingSession() = default;

    void pause();
    void resume();
    void stop();  ///< ends after the current step with the present metrics and weights
    void set_learning_rate(float learning_rate);
    /// Pauses after one more mini-batch, or at the end of an epoch.
    void step(StepUnit unit);
    /// After the current step, does nothing while `rests`, to leave the processor to something else. Unlike a pause, this is
    /// not the user's decision, so `step` and `resume` do not end it.
    void rest(bool rests);
    /// Continues with this many threads, 1 or more, as far as they are available. Changes the time, never the weights.
    void set_threads(int threads);

    /// True if nothing happens until the caller calls `advance`.
    virtual bool needs_advance() const = 0;
    virtual void advance(double budget_secs) = 0;

    /// Changes whenever `take_update` has something new; cheap to poll.
    virtual std::uint64_t version() const = 0;
    virtual SessionUpdate take_update() = 0;

   protected:
    /// Applies `change` to the requests.
    virtual void request(const std::function<void(SessionRequests&)>& change) = 0;
};

}  // namespace digitlab
