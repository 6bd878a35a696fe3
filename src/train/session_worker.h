#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "train/session.h"

namespace digitlab {

/// What both kinds of session share: a trainer that handles requests between two steps and reports what is new. Must be used
/// from one thread at a time. Passes on exceptions of the trainer; the session turns them into its last update.
class SessionWorker {
   public:
    /// Fails as `Trainer::create` does.
    static Result<std::unique_ptr<SessionWorker>> create(const ExperimentSpec& spec, TrainingInput input, int threads,
                                                         Clock clock);

    void handle(const SessionRequests& requests);
    /// True while it is paused or rests: do not call `step`. From the next `handle` on, time does not count.
    bool stands_still() const;
    bool ended() const;
    /// Does one step, if it has not ended.
    void step();
    /// Returns what is new since the last call. Must be called after each step.
    SessionUpdate collect();

   private:
    SessionWorker(const ExperimentSpec& spec, int threads, Clock clock);
    void set_threads(int threads);
    void begin_step(StepUnit unit);
    std::uint64_t done(StepUnit unit) const;
    void collect_epochs(SessionUpdate& update);
    void collect_end(SessionUpdate& update) const;

    int most_threads_;
    int wanted_threads_ = 1;
    Clock clock_;
    ThreadPool pool_;
    std::unique_ptr<Trainer> trainer_;
    SessionRequests standing_;
    StepUnit step_unit_ = StepUnit::batch;  ///< unit of the current `step` request
    std::uint64_t step_goal_ = 0;           ///< value of `done` at which it is complete
    bool stopped_ = false;
    Status status_;
    std::size_t points_ = 0, epochs_ = 0;  ///< how many have been collected
    double checkpoint_secs_;               ///< when the last checkpoint was made
};

/// Adds `newer` to the update that has not been taken yet; replaced values are in `newer` afterwards.
void merge(SessionUpdate& waiting, SessionUpdate& newer);
/// Takes the waiting update and leaves only the present state in it.
SessionUpdate take(SessionUpdate& waiting);

}  // namespace digitlab
