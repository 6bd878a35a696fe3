#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <thread>

#include "train/benchmark.h"

namespace digitlab {

/// Runs one benchmark at a time on its own thread. In builds without threads, `start` blocks until it is done.
class BenchmarkJob {
   public:
    using Measure = std::function<Result<Json>(const BenchmarkOptions&, int threads)>;
    explicit BenchmarkJob(Measure measure = run_benchmark) : measure_(std::move(measure)) {}
    ~BenchmarkJob();  ///< waits for the benchmark to end

    /// Fails with "busy" while a benchmark runs, or "no-thread".
    Status start(const BenchmarkOptions& options, int threads);
    /// Returns nullopt while the benchmark runs, then its result once. An exception becomes an error.
    std::optional<Result<Json>> take();

   private:
    Result<Json> measured(const BenchmarkOptions& options, int threads) const;

    Measure measure_;
    std::atomic<bool> running_{false};
    std::optional<Result<Json>> result_;
    std::thread thread_;
};

}  // namespace digitlab
