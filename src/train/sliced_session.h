#pragma once

#include <memory>

#include "train/session.h"
#include "train/session_worker.h"

namespace digitlab {

/// Trains during calls of `advance`, on the caller's thread.
class SlicedSession final : public TrainingSession {
   public:
    static Result<std::unique_ptr<TrainingSession>> start(const ExperimentSpec& spec, TrainingInput input, int threads,
                                                          const Clock& clock);

    bool needs_advance() const override;
    void advance(double budget_secs) override;
    std::uint64_t version() const override { return version_; }
    SessionUpdate take_update() override;

   private:
    SlicedSession(std::unique_ptr<SessionWorker> worker, Clock clock);
    void request(const std::function<void(SessionRequests&)>& change) override;
    /// Runs `work`; an exception ends the session.
    template <class Work>
    void guard(Work work);
    void collect();

    std::unique_ptr<SessionWorker> worker_;  ///< null once the session has ended
    Clock clock_;
    SessionRequests requests_;
    SessionUpdate waiting_;
    std::uint64_t version_ = 0;
};

}  // namespace digitlab
