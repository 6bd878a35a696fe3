#include "train/benchmark_job.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <new>

#include "base/threads.h"
#include "wait.h"

using namespace digitlab;

namespace {

Result<Json> result_of(BenchmarkJob& job) {
    std::optional<Result<Json>> result;
    wait_until([&] { return (result = job.take()).has_value(); });
    return *result;
}

}  // namespace

TEST_CASE("only one benchmark runs at a time, and its result is taken once", "[threads]") {
    if (!has_threads()) SKIP("A build without threads runs it all at once.");
    std::atomic<bool> may_end = false;
    BenchmarkJob job([&](const BenchmarkOptions&, int threads) -> Result<Json> {
        wait_until([&] { return may_end.load(); });
        return Json{{"threads", threads}};
    });
    REQUIRE(job.start({}, 3));
    CHECK(job.start({}, 3).error().code == "busy");
    CHECK_FALSE(job.take());
    may_end = true;
    CHECK(result_of(job).value() == Json{{"threads", 3}});
    CHECK_FALSE(job.take());
    REQUIRE(job.start({}, 2));
    CHECK(result_of(job).value() == Json{{"threads", 2}});
}

TEST_CASE("a benchmark that throws ends with an error, and one without a thread does not start", "[threads]") {
    BenchmarkJob job([](const BenchmarkOptions&, int) -> Result<Json> { throw std::bad_alloc(); });
    if (has_threads()) {
        const ThreadLimit none(0);
        CHECK(job.start({}, 2).error().code == "no-thread");
    }
    REQUIRE(job.start({}, 2));
    CHECK(result_of(job).error().code == "out-of-memory");
}

TEST_CASE("the real benchmark measures what was asked for") {
    BenchmarkOptions options;
    options.architectures = {"softmax"};
    options.secs = 0.01;
    BenchmarkJob job;
    REQUIRE(job.start(options, 2));
    const Result<Json> result = result_of(job);
    REQUIRE(result);
    CHECK((*result)["architectures"].size() == 1);
    CHECK((*result)["architectures"][0]["id"] == "softmax");
}
