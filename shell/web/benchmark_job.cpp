#include "benchmark_job.h"

#include <atomic>
#include <memory>
#include <thread>
#include <utility>

namespace digitlab::web {

struct BenchmarkJob::State {
    std::atomic<bool> running{false};
    std::optional<Result<Json>> result;
    std::thread thread;
};

BenchmarkJob::BenchmarkJob() : state_(std::make_unique<State>()) {}
BenchmarkJob::~BenchmarkJob() {
    if (state_->thread.joinable()) state_->thread.join();
}

Status BenchmarkJob::start(const BenchmarkOptions& options, int threads) {
    if (state_->running) return fail("busy", "A benchmark is running. Wait for its end.");
    if (state_->thread.joinable()) state_->thread.join();
    state_->result.reset();
    state_->running = true;
    const auto work = [state = state_.get(), options, threads] {
        state->result = run_benchmark(options, threads);
        state->running = false;
    };
#if DIGITLAB_THREADS
    state_->thread = std::thread(work);
#else
    work();
#endif
    return {};
}

std::optional<Result<Json>> BenchmarkJob::take() {
    if (state_->running) return std::nullopt;
    return std::exchange(state_->result, std::nullopt);
}

}  // namespace digitlab::web
