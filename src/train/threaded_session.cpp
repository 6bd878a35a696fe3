#include "train/threaded_session.h"

#include <utility>

#include "base/caught.h"

namespace digitlab {

Result<std::unique_ptr<TrainingSession>> ThreadedSession::start(const ExperimentSpec& spec, TrainingInput input, int threads,
                                                                Clock clock) {
    std::unique_ptr<ThreadedSession> session(new ThreadedSession());
    auto work = [self = session.get(), spec, input = std::move(input), threads, clock = std::move(clock)]() mutable {
        self->run(spec, std::move(input), threads, std::move(clock));
    };
    auto thread = start_thread(std::move(work));
    if (!thread) {
        return fail("no-thread",
                    "There is no thread left for another training. Wait until one of the others has ended, and "
                    "start it again.");
    }
    session->thread_ = std::move(*thread);
    return session;
}

ThreadedSession::~ThreadedSession() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        abandoned_ = true;
    }
    requests_changed_.notify_one();
    thread_.join();
}

void ThreadedSession::request(const std::function<void(SessionRequests&)>& change) {
    {
        const std::lock_guard lock(mutex_);
        change(requests_);
        requests_are_new_ = true;
    }
    requests_changed_.notify_one();
}

SessionUpdate ThreadedSession::take_update() {
    const std::lock_guard lock(mutex_);
    SessionUpdate update = take(waiting_);
    // Whether it stood still before a request says nothing about what follows.
    if (requests_are_new_) update.stands_still = false;
    return update;
}

void ThreadedSession::run(const ExperimentSpec& spec, TrainingInput input, int threads, Clock clock) {
    try {
        const Status trained = train(spec, std::move(input), threads, std::move(clock));
        if (!trained) publish_failure(trained.error());
    } catch (...) {
        publish_failure(caught_error("The training"));
    }
}

Status ThreadedSession::train(const ExperimentSpec& spec, TrainingInput input, int threads, Clock clock) {
    const auto worker = SessionWorker::create(spec, std::move(input), threads, std::move(clock));
    if (!worker) return tl::unexpected(worker.error());
    while (!(*worker)->ended() && handle_requests(**worker)) {
        (*worker)->step();
        publish((*worker)->collect());
    }
    return {};
}

bool ThreadedSession::handle_requests(SessionWorker& worker) {
    for (;;) {
        std::unique_lock lock(mutex_);
        // Any request may end the wait, so wait only until there is one.
        if (worker.stands_still()) requests_changed_.wait(lock, [this] { return requests_are_new_ || abandoned_; });
        if (abandoned_) return false;
        if (!std::exchange(requests_are_new_, false)) return true;
        const SessionRequests requests = requests_.take();
        waiting_.stands_still = false;  // unknown until they are handled
        lock.unlock();
        worker.handle(requests);
        publish(worker.collect());
        if (!worker.stands_still()) return !worker.ended();
    }
}

void ThreadedSession::publish(SessionUpdate newer) {
    const std::lock_guard lock(mutex_);
    merge(waiting_, newer);
    ++version_;
    // Replaced values are freed with `newer`, after the mutex is released.
}

void ThreadedSession::publish_failure(Error error) {
    const std::lock_guard lock(mutex_);
    waiting_.ended = true;
    waiting_.error = std::move(error);
    ++version_;
}

}  // namespace digitlab
