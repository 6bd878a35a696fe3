#include "train/session.h"

#include <utility>

#include "train/sliced_session.h"
#include "train/threaded_session.h"

namespace digitlab {

SessionRequests SessionRequests::take() {
    SessionRequests taken = *this;
    halt = false;
    step.reset();
    learning_rate.reset();
    threads.reset();
    return taken;
}

Result<std::unique_ptr<TrainingSession>> TrainingSession::start(Kind kind, const ExperimentSpec& spec, TrainingInput input,
                                                                int threads, Clock clock) {
    if (Status checked = check_input(spec, input); !checked) return tl::unexpected(checked.error());
    if (kind == Kind::threaded) return ThreadedSession::start(spec, std::move(input), threads, std::move(clock));
    return SlicedSession::start(spec, std::move(input), threads, clock);
}

void TrainingSession::pause() {
    request([](SessionRequests& requests) {
        requests.pause = requests.halt = true;
        requests.step.reset();
    });
}

void TrainingSession::resume() {
    request([](SessionRequests& requests) { requests.pause = false; });
}

void TrainingSession::stop() {
    request([](SessionRequests& requests) { requests.stop = true; });
}

void TrainingSession::set_learning_rate(float learning_rate) {
    request([learning_rate](SessionRequests& requests) { requests.learning_rate = learning_rate; });
}

void TrainingSession::step(StepUnit unit) {
    request([unit](SessionRequests& requests) {
        requests.pause = true;
        requests.step = unit;
    });
}

void TrainingSession::rest(bool rests) {
    request([rests](SessionRequests& requests) { requests.rest = rests; });
}

void TrainingSession::set_threads(int threads) {
    request([threads](SessionRequests& requests) { requests.threads = threads; });
}

}  // namespace digitlab
