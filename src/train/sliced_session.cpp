#include "train/sliced_session.h"

#include <utility>

#include "base/caught.h"

namespace digitlab {

Result<std::unique_ptr<TrainingSession>> SlicedSession::start(const ExperimentSpec& spec, TrainingInput input, int threads,
                                                              const Clock& clock) {
    try {
        auto worker = SessionWorker::create(spec, std::move(input), threads, clock);
        if (!worker) return tl::unexpected(worker.error());
        return std::unique_ptr<TrainingSession>(new SlicedSession(std::move(*worker), clock));
    } catch (...) {
        return tl::unexpected(caught_error("The training"));
    }
}

SlicedSession::SlicedSession(std::unique_ptr<SessionWorker> worker, Clock clock)
    : worker_(std::move(worker)), clock_(std::move(clock)) {}

template <class Work>
void SlicedSession::guard(Work work) {
    try {
        work();
    } catch (...) {
        worker_.reset();
        waiting_.ended = true;
        waiting_.error = caught_error("The training");
    }
    ++version_;
}

void SlicedSession::request(const std::function<void(SessionRequests&)>& change) {
    change(requests_);
    if (!worker_) return;
    guard([this] {
        worker_->handle(requests_.take());
        collect();
    });
}

bool SlicedSession::needs_advance() const { return worker_ && !worker_->stands_still(); }

void SlicedSession::advance(double budget_secs) {
    if (!needs_advance()) return;
    guard([this, budget_secs] {
        const double end = clock_() + budget_secs;
        do {
            worker_->step();
            collect();
        } while (needs_advance() && clock_() < end);
    });
}

void SlicedSession::collect() {
    SessionUpdate newer = worker_->collect();
    merge(waiting_, newer);
    if (waiting_.ended) worker_.reset();
}

SessionUpdate SlicedSession::take_update() { return take(waiting_); }

}  // namespace digitlab
