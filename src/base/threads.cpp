#include "base/threads.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <system_error>
#include <utility>

namespace digitlab {

namespace {

std::atomic<int> running{0};
std::atomic<int> limit{std::numeric_limits<int>::max()};
std::atomic<int> most{0};

/// Counts the new thread unless that would exceed the limit.
bool reserve() {
    int before = running.load();
    do {
        if (before >= limit.load()) return false;
    } while (!running.compare_exchange_weak(before, before + 1));
    for (int seen = most.load(); seen <= before && !most.compare_exchange_weak(seen, before + 1);) {
    }
    return true;
}

}  // namespace

std::optional<std::thread> start_thread(std::function<void()> work) {
    if (!has_threads() || !reserve()) return std::nullopt;
    try {
        return std::thread([work = std::move(work)] {
            work();
            running.fetch_sub(1);
        });
    } catch (const std::system_error&) {
        running.fetch_sub(1);
        return std::nullopt;
    }
}

int hardware_threads() { return has_threads() ? std::max(1, static_cast<int>(std::thread::hardware_concurrency())) : 1; }

ThreadLimit::ThreadLimit(int count) {
    most.store(running.load());
    limit.store(count);
}

ThreadLimit::~ThreadLimit() { limit.store(std::numeric_limits<int>::max()); }

int ThreadLimit::most_seen() const { return most.load(); }

}  // namespace digitlab
