#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "train/session.h"
#include "train/session_worker.h"

namespace digitlab {

/// Trains on its own thread, with the help of others. A mutex protects what both sides share; it is held only to exchange
/// results and requests that are ready, because the main thread of a page cannot sleep and must never wait for long.
class ThreadedSession final : public TrainingSession {
   public:
    /// Fails with "no-thread".
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

    // These run on the training thread.
    void run(const ExperimentSpec& spec, TrainingInput input, int threads, Clock clock);
    Status train(const ExperimentSpec& spec, TrainingInput input, int threads, Clock clock);
    /// Handles requests, and waits while paused. Returns false if the session is abandoned.
    bool handle_requests(SessionWorker& worker);
    void publish(SessionUpdate newer);
    void publish_failure(Error error);

    std::mutex mutex_;  // guards the next four members
    SessionRequests requests_;
    bool requests_are_new_ = false;
    bool abandoned_ = false;
    SessionUpdate waiting_;

    std::condition_variable requests_changed_;
    std::atomic<std::uint64_t> version_{0};
    std::thread thread_;
};

}  // namespace digitlab
