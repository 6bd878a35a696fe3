#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

#include <tiny_dnn/util/util.h>

namespace digitlab {

/// Buffers for the running threads: each takes one for the duration of a task. There are fewer of them than tasks, and they
/// stay in the cache. A buffer still holds values of an earlier task when it is taken.
class ScratchPool {
   public:
    /// `count` is the most threads that can run at once.
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
