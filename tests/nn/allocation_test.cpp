// A training step allocates nothing: everything it needs was allocated once, for the largest batch.

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <new>
#include <utility>
#include <vector>

#include "nn/network.h"
#include "nn/optimizer.h"

// Sanitizers have their own allocator, and WebAssembly's library has its own operators.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define DIGITLAB_SANITIZED
#endif
#endif
#if !defined(DIGITLAB_SANITIZED) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__EMSCRIPTEN__)

namespace {

std::atomic<long> allocations{0};

void* counted(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

using namespace digitlab;

TEST_CASE("a training step allocates nothing, for any architecture and batch size") {
    ThreadPool pool(2);
    std::vector<std::uint8_t> labels(32);
    for (const Architecture& architecture : catalogue()) {
        INFO(architecture.id);
        auto network = Network::create(architecture, 32, NetworkUse::training, pool).value();
        network.initialise(1);
        OptimizerSpec spec;
        spec.clip_norm = 1;
        Optimizer optimizer(spec, std::as_const(network).parameters());
        const long before = allocations;  // read outside the checks, which allocate
        for (const std::size_t rows : {32UL, 32UL, 7UL, 1UL, 32UL}) {
            network.train_batch(std::span(labels).first(rows), 1, optimizer.steps());
            optimizer.step(network.parameters(), 0.001F, pool);
            network.forward(static_cast<int>(rows));
            network.evaluate(std::span(labels).first(rows));
        }
        const long after = allocations;
        REQUIRE(before > 0);  // the counting works
        CHECK(after == before);
    }
}

#endif
