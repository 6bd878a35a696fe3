#pragma once

#include <functional>
#include <optional>
#include <thread>

namespace digitlab {

/// Whether this build can have threads at all.
constexpr bool has_threads() { return DIGITLAB_THREADS != 0; }

/// How many threads this machine runs at once; 1 in builds without threads.
int hardware_threads();

/// Starts a thread that does `work`. Returns nothing when no more threads can be had: a page has only as many as its loader
/// asked for, and a build without threads has none.
std::optional<std::thread> start_thread(std::function<void()> work);

/// Lets the program have only so many threads from `start_thread` at a time, while it lives. Tests use it to stand in for a
/// page, whose number of threads is fixed. One at a time.
class ThreadLimit {
   public:
    explicit ThreadLimit(int most);
    ~ThreadLimit();
    ThreadLimit(const ThreadLimit&) = delete;
    ThreadLimit& operator=(const ThreadLimit&) = delete;

    /// The most threads that ran at the same time since the limit was set.
    int most_seen() const;
};

}  // namespace digitlab
