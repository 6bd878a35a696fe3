#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "train/session.h"

namespace digitlab {

/// The part that both kinds of session share: a trainer that does what is asked of it between two steps, and tells what is new.
/// Used from one thread at a time. Exceptions of the trainer pass through; the session turns them into its last update.
class SessionWorker {
   public:
    /// Codes of `Trainer::create`.
    static Result<std::unique_ptr<SessionWorker>> create(const ExperimentSpec& spec, TrainingInput input, int threads,
                                                         Clock clock);

    void obey(const SessionRequests& requests);
    /// True while it is paused or rests: no step is to be done. Time does not count then, from the next `obey` on.
    bool stands_still() const;
    bool ended() const;
    /// Does one step, if it has not ended.
    void step();
    /// Returns what is new since the last call. To be called after each step.
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
    StepUnit step_unit_ = StepUnit::batch;  ///< of the step that is under way while paused
    std::uint64_t step_goal_ = 0;           ///< what `done` will be when it has been done
    bool stopped_ = false;
    Status status_;
    std::size_t points_ = 0, epochs_ = 0;  ///< those that have been collected
    double checkpoint_secs_;               ///< when the last checkpoint was made
};

/// Adds what is newer to what has not been taken yet; what that replaces is in `newer` afterwards.
void merge(SessionUpdate& waiting, SessionUpdate& newer);
/// Takes what has not been taken yet, and leaves how things stand.
SessionUpdate take(SessionUpdate& waiting);

}  // namespace digitlab
