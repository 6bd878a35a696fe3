#include "base/thread_pool.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include "base/threads.h"

using namespace digitlab;

TEST_CASE("A pool runs each task exactly once", "[threads]") {
    for (int threads = 1; threads <= 8; ++threads) {
        ThreadPool pool(threads);
        for (const int tasks : {0, 1, 2, 3, 7, 64, 1000}) {
            std::vector<int> counts(static_cast<std::size_t>(tasks), 0);
            pool.run(tasks, [&](int index) { ++counts[static_cast<std::size_t>(index)]; });
            for (const int count : counts) REQUIRE(count == 1);
        }
    }
}

TEST_CASE("Values written by tasks are visible after every loop", "[threads]") {
    ThreadPool pool(4);
    std::vector<long> values(16, 0);
    for (int repeat = 0; repeat < 3000; ++repeat) {
        pool.run(16, [&](int index) { values[static_cast<std::size_t>(index)] += index; });
        for (auto& value : values) value += 1;
    }
    for (std::size_t i = 0; i < values.size(); ++i) CHECK(values[i] == 3000L * (static_cast<long>(i) + 1));
}

TEST_CASE("Threads that fell asleep wake for the next loop", "[threads]") {
    ThreadPool pool(3);
    std::atomic<int> sum{0};
    for (int repeat = 0; repeat < 20; ++repeat) {
        pool.run(5, [&](int index) { sum += index; });
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        pool.run(2, [&](int) { std::this_thread::sleep_for(std::chrono::microseconds(300)); });
    }
    CHECK(sum == 200);
}

TEST_CASE("A pool can be created and destroyed without work", "[threads]") {
    for (int i = 0; i < 20; ++i) {
        const ThreadPool pool(4);
        CHECK(pool.threads() >= 1);
    }
    CHECK(hardware_threads() >= 1);
}

TEST_CASE("An exception from a task is rethrown by the loop, and the pool keeps working", "[threads]") {
    ThreadPool pool(GENERATE(1, 2, 4));
    for (int repeat = 0; repeat < 50; ++repeat) {
        CHECK_THROWS_AS(pool.run(64,
                                 [&](int index) {
                                     if (index % 3 == 1) throw std::runtime_error("no");
                                 }),
                        std::runtime_error);
        std::atomic<int> sum{0};
        pool.run(64, [&](int index) { sum += index; });
        CHECK(sum == 2016);
    }
}

TEST_CASE("A pool that gets too few threads works with those it has, and with more later", "[threads]") {
    if (!has_threads()) SKIP("This build has no threads.");
    ThreadPool pool(1);
    const auto sum_of_tasks = [&] {
        std::atomic<int> sum{0};
        pool.run(64, [&](int index) { sum += index; });
        return sum.load();
    };
    {
        const ThreadLimit few(2);
        pool.resize(8);
        CHECK(pool.threads() == 3);
        CHECK(sum_of_tasks() == 2016);
        pool.resize(2);
        CHECK(pool.threads() == 2);
        CHECK(few.most_seen() == 2);
    }
    pool.resize(8);
    CHECK(pool.threads() == 8);
    CHECK(sum_of_tasks() == 2016);
}
