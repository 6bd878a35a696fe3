#pragma once

#include <functional>
#include <optional>
#include <thread>

namespace digitlab {

/// Whether this build can have threads at all.
constexpr bool has_threads() { return DIGITLAB_THREADS != 0; }

/// How many threads this machine runs at once; 1 in builds without threads.
int hardware_threads();

/// Starts a thread that does `work`. Returns nullopt when no more threads are available: a page has only as many as its loader
/// asked for, and a build without threads has none.
std::optional<std::thread> start_thread(std::function<void()> work);

/// While it exists, limits how many threads from `start_thread` may run at a time. Tests use it to simulate a page, whose
/// number of threads is fixed. Only one may exist at a time.
class ThreadLimit {
   public:
    explicit ThreadLimit(int most);
    ~ThreadLimit();
    ThreadLimit(const ThreadLimit&) = delete;
    ThreadLimit& operator=(const ThreadLimit&) = delete;

    /// The most threads that have run at the same time since the limit was set.
    int most_seen() const;
};

}  // namespace digitlab
