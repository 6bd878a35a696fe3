#include "nn/kernels/peak.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <vector>

#include "base/clock.h"
#include "nn/kernels/matrix.h"
#include "nn/kernels/simd.h"

namespace digitlab {

namespace {

constexpr int chains = 12;  ///< enough to hide the latency of an addition, few enough for 16 registers
constexpr int rounds = 100'000;

float run_chains(float factor) {
    simd::Floats sums[chains];
    for (int i = 0; i < chains; ++i) sums[i] = simd::splat(static_cast<float>(i));
    const simd::Floats a = simd::splat(factor), b = simd::splat(1.0F - factor);
    for (int round = 0; round < rounds; ++round) {
        for (simd::Floats& sum : sums) sum = simd::multiply_add(sum, a, b);
    }
    simd::Floats total{};
    for (const simd::Floats& sum : sums) total = total + sum;
    return total[0];
}

/// Calls `work` repeatedly; returns the shortest time of one call, which is the time it takes when nothing else runs.
template <class Work>
double shortest_secs(double secs, Work&& work) {
    double shortest = 1e9;
    const double start = monotonic_secs();
    for (double before = start; before - start < secs;) {
        work();
        const double now = monotonic_secs();
        shortest = std::min(shortest, now - before);
        before = now;
    }
    return shortest;
}

}  // namespace

double measure_peak(ThreadPool& pool, double secs) {
    std::atomic<float> sink{0};
    const double shortest = shortest_secs(
        secs, [&] { pool.run(pool.threads(), [&](int i) { sink = run_chains(0.999F + 1e-6F * static_cast<float>(i)); }); });
    return static_cast<double>(pool.threads()) * rounds * chains * simd::width * 2 / shortest;
}

KernelSpeed measure_matrix_kernel(double secs) {
    constexpr int rows = 24, columns = 32, steps = 192, repeats = 50;  // 24 KB of B, 18 KB of A
    std::vector<float> a(rows * steps), b(steps * columns), c(rows * columns);
    for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<float>(i * 7 % 13) - 6;
    for (std::size_t i = 0; i < b.size(); ++i) b[i] = static_cast<float>(i * 5 % 11) - 5;
    MatrixProduct product;
    product.a = a.data();
    product.a_row = steps;
    product.a_step = 1;
    product.b = b.data();
    product.b_step = columns;
    product.c = c.data();
    product.c_row = columns;
    product.rows = rows;
    product.columns = columns;
    product.steps = steps;
    const double shortest = shortest_secs(secs, [&] {
        for (int i = 0; i < repeats; ++i) multiply(product);
    });
    KernelSpeed speed;
    speed.flops_per_sec = 2.0 * rows * columns * steps * repeats / shortest;
    speed.right = true;
    for (std::size_t m = 0; m < rows; ++m) {
        for (std::size_t n = 0; n < columns; ++n) {
            float sum = 0;  // whole numbers: exact in any order
            for (std::size_t k = 0; k < steps; ++k) sum += a[m * steps + k] * b[k * columns + n];
            speed.right = speed.right && c[m * columns + n] == sum;
        }
    }
    return speed;
}

}  // namespace digitlab
