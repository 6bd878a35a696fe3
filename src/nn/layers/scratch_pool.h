#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

#include <tiny_dnn/util/util.h>

namespace digitlab {

/// Buffers for the threads at work: each takes one for the length of a task. Fewer and warmer in the cache than one for
/// every task; what a buffer holds when taken is left over from another task.
class ScratchPool {
   public:
    /// `count`: as many as threads can be at work at once.
    void allocate(int count, std::size_t floats) {
        buffers_.assign(static_cast<std::size_t>(count), tiny_dnn::vec_t(floats));
        taken_ = std::make_unique<std::atomic<bool>[]>(buffers_.size());
    }

    class Lease {
       public:
        explicit Lease(ScratchPool& pool) : pool_(pool) {
            while (pool_.taken_[index_].exchange(true, std::memory_order_acquire))
                index_ = (index_ + 1) % pool_.buffers_.size();
        }
        ~Lease() { pool_.taken_[index_].store(false, std::memory_order_release); }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        float* data() { return pool_.buffers_[index_].data(); }

       private:
        ScratchPool& pool_;
        std::size_t index_ = 0;
    };

   private:
    std::vector<tiny_dnn::vec_t> buffers_;
    std::unique_ptr<std::atomic<bool>[]> taken_;
};

}  // namespace digitlab
