#pragma once

#include <memory>
#include <optional>

#include "train/benchmark.h"

namespace digitlab::web {

/// One benchmark at a time, on a thread of its own where there are threads; else it blocks the page while it runs.
class BenchmarkJob {
   public:
    BenchmarkJob();
    ~BenchmarkJob();

    /// Code "busy" while one runs.
    Status start(const BenchmarkOptions& options, int threads);
    /// Nothing while it runs, then its result, once.
    std::optional<Result<Json>> take();

   private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace digitlab::web
