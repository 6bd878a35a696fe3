#include "train/benchmark_job.h"

#include <utility>

#include "base/caught.h"
#include "base/threads.h"

namespace digitlab {

BenchmarkJob::~BenchmarkJob() {
    if (thread_.joinable()) thread_.join();
}

Status BenchmarkJob::start(const BenchmarkOptions& options, int threads) {
    if (running_) return fail("busy", "A benchmark is running. Wait for its end.");
    if (thread_.joinable()) thread_.join();
    result_.reset();
    if (!has_threads()) {
        result_ = measured(options, threads);
        return {};
    }
    running_ = true;
    auto thread = start_thread([this, options, threads] {
        result_ = measured(options, threads);
        running_ = false;
    });
    if (!thread) {
        running_ = false;
        return fail("no-thread", "There is no thread left for a benchmark. Wait until the trainings have ended.");
    }
    thread_ = std::move(*thread);
    return {};
}

Result<Json> BenchmarkJob::measured(const BenchmarkOptions& options, int threads) const {
    try {
        return measure_(options, threads);
    } catch (...) {
        return tl::unexpected(caught_error("The benchmark"));
    }
}

std::optional<Result<Json>> BenchmarkJob::take() {
    if (running_) return std::nullopt;
    return std::exchange(result_, std::nullopt);
}

}  // namespace digitlab
