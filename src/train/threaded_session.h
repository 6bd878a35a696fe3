#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "train/session.h"
#include "train/session_worker.h"

namespace digitlab {

/// Trains on a thread of its own, with others to help. The two sides meet under a mutex that is held only to exchange results
/// and requests that are ready: the main thread of a page cannot sleep, so it must never wait for more than that.
class ThreadedSession final : public TrainingSession {
   public:
    /// Code "no-thread".
    static Result<std::unique_ptr<TrainingSession>> start(const ExperimentSpec& spec, TrainingInput input, int threads,
                                                          Clock clock);
    ~ThreadedSession() override;

    bool needs_advance() const override { return false; }
    void advance(double) override {}
    std::uint64_t version() const override { return version_; }
    SessionUpdate take_update() override;

   private:
    ThreadedSession() = default;
    void request(const std::function<void(SessionRequests&)>& change) override;

    // On the training thread.
    void run(const ExperimentSpec& spec, TrainingInput input, int threads, Clock clock);
    Status train(const ExperimentSpec& spec, TrainingInput input, int threads, Clock clock);
    /// Carries out what is asked, and waits while paused. Returns false when the session is abandoned.
    bool obey(SessionWorker& worker);
    void publish(SessionUpdate newer);
    void publish_failure(Error error);

    std::mutex mutex_;  // guards these four
    SessionRequests requests_;
    bool requests_are_new_ = false;
    bool abandoned_ = false;
    SessionUpdate waiting_;

    std::condition_variable requests_changed_;
    std::atomic<std::uint64_t> version_{0};
    std::thread thread_;
};

}  // namespace digitlab
