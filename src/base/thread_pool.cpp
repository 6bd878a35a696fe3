#include "base/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <utility>
#include <vector>

#include "base/threads.h"

namespace digitlab {

namespace {

/// How often a waiting thread looks for work before it goes to sleep: about 100 µs. The loops of one training step follow each
/// other within a few microseconds and the steps within tens of microseconds; going to sleep and waking up costs tens of them.
#if defined(__x86_64__) || defined(__i386__)
constexpr int spins = 5000;
inline void spin_pause() { __builtin_ia32_pause(); }
#else
constexpr int spins = 60000;
inline void spin_pause() {}
#endif

/// One 64-bit word says which loop is running and which of its tasks is next: 16 bits generation, 24 bits task count, 24 bits
/// next task. A task is claimed by a compare-and-swap of the whole word, so a late thread can never claim a task of a loop that
/// has ended, and `run` need not wait for threads that slept through it.
constexpr int field_bits = 24;
constexpr std::uint64_t field_mask = (std::uint64_t{1} << field_bits) - 1;
constexpr int max_tasks = static_cast<int>(field_mask) - 1;

std::uint64_t first_ticket(std::uint64_t generation, int tasks) {
    return generation << (2 * field_bits) | static_cast<std::uint64_t>(tasks) << field_bits;
}
int tasks_of(std::uint64_t ticket) { return static_cast<int>(ticket >> field_bits & field_mask); }
int next_of(std::uint64_t ticket) { return static_cast<int>(ticket & field_mask); }
bool has_work(std::uint64_t ticket) { return next_of(ticket) < tasks_of(ticket); }

}  // namespace

struct ThreadPool::State {
    // Written by `run` before the ticket that publishes them, read only by threads that hold an unfinished task.
    Erased call = nullptr;
    void* object = nullptr;
    std::uint64_t generation = 0;

    alignas(64) std::atomic<std::uint64_t> ticket{0};
    alignas(64) std::atomic<int> done{0};
    alignas(64) std::atomic<int> sleepers{0};
    std::atomic<int> wanted{0};  ///< number of workers; those with this index or a higher one exit
    std::atomic<bool> caller_sleeps{false};

    std::mutex mutex;
    std::condition_variable work_arrived;
    std::condition_variable work_finished;
    std::vector<std::thread> workers;
    std::exception_ptr failure;  ///< the first exception that a task threw; guarded by `mutex`

    void run_task(int index) noexcept {
        try {
            call(object, index);
        } catch (...) {
            const std::lock_guard lock(mutex);
            if (!failure) failure = std::current_exception();
        }
    }

    void run_tasks() {
        std::uint64_t seen = ticket.load();
        while (has_work(seen)) {
            if (!ticket.compare_exchange_weak(seen, seen + 1)) continue;
            const int total = tasks_of(seen);
            run_task(next_of(seen));
            if (done.fetch_add(1) + 1 == total && caller_sleeps.load()) {
                const std::lock_guard lock(mutex);
                work_finished.notify_one();
            }
            seen = ticket.load();
        }
    }

    void worker_loop(int index) {
        const auto superfluous = [this, index] { return index >= wanted.load(std::memory_order_relaxed); };
        for (;;) {
            run_tasks();
            int left = spins;
            while (left > 0 && !has_work(ticket.load(std::memory_order_relaxed)) && !superfluous()) {
                spin_pause();
                --left;
            }
            if (left == 0) {
                std::unique_lock lock(mutex);
                // This thread announces itself before it looks again; `run` publishes before it looks for sleepers. So one of
                // them sees the other.
                sleepers.fetch_add(1);
                work_arrived.wait(lock, [&] { return superfluous() || has_work(ticket.load()); });
                sleepers.fetch_sub(1);
            }
            if (superfluous()) return;
        }
    }

    void resize(int count) {
        if (std::ssize(workers) == count) return;
        {
            const std::lock_guard lock(mutex);
            wanted.store(count);
        }
        work_arrived.notify_all();
        for (; std::ssize(workers) > count; workers.pop_back()) workers.back().join();
        while (std::ssize(workers) < count) {
            auto worker = start_thread([this, index = static_cast<int>(workers.size())] { worker_loop(index); });
            if (!worker) break;
            workers.push_back(std::move(*worker));
        }
    }

    void wait_until_done(int tasks) {
        for (int left = spins; left > 0; --left) {
            if (done.load() == tasks) return;
            spin_pause();
        }
        std::unique_lock lock(mutex);
        caller_sleeps.store(true);
        work_finished.wait(lock, [&] { return done.load() == tasks; });
        caller_sleeps.store(false);
    }
};

ThreadPool::ThreadPool(int threads) : state_(std::make_unique<State>()) { resize(threads); }

ThreadPool::~ThreadPool() { state_->resize(0); }

void ThreadPool::resize(int threads) { state_->resize(std::max(0, threads - 1)); }

int ThreadPool::threads() const { return static_cast<int>(state_->workers.size()) + 1; }

void ThreadPool::run_erased(int tasks, Erased call, void* object) {
    State& state = *state_;
    if (state.workers.empty() || tasks <= 1 || tasks > max_tasks) {
        for (int index = 0; index < tasks; ++index) call(object, index);
        return;
    }
    state.call = call;
    state.object = object;
    state.done.store(0);
    state.ticket.store(first_ticket(++state.generation & 0xFFFF, tasks));
    if (state.sleepers.load() > 0) {
        const std::lock_guard lock(state.mutex);
        state.work_arrived.notify_all();
    }
    state.run_tasks();
    state.wait_until_done(tasks);
    if (state.failure) std::rethrow_exception(std::exchange(state.failure, nullptr));
}

}  // namespace digitlab
