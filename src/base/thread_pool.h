#pragma once

#include <memory>
#include <type_traits>

namespace digitlab {

/// Threads that run the tasks of one loop at a time. The calling thread works too, so `threads() == 1` (always so in builds
/// without threads) means that the loop runs inline.
///
/// Which thread runs a task is not determined; results must depend on the task's index only. That is how the same seed gives
/// the same weights for any number of threads.
///
/// `run` may be called from one thread at a time, never from inside a task.
class ThreadPool {
   public:
    /// `threads` >= 1 counts the calling thread. The pool gets fewer when no more are available.
    explicit ThreadPool(int threads);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    int threads() const;

    /// Changes the number of threads, as in the constructor. Must not be called during `run`.
    void resize(int threads);

    /// Calls `task(0) … task(tasks - 1)`, each once, and returns when all are done. Allocates nothing. An exception thrown by a
    /// task is rethrown here; the other tasks may or may not have run.
    template <class Task>
    void run(int tasks, Task&& task) {
        using Plain = std::remove_reference_t<Task>;
        run_erased(
            tasks, [](void* object, int index) { (*static_cast<Plain*>(object))(index); },
            const_cast<void*>(static_cast<const void*>(&task)));
    }

   private:
    using Erased = void (*)(void* object, int index);
    void run_erased(int tasks, Erased call, void* object);

    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace digitlab
