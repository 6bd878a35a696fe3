#pragma once

#include "base/thread_pool.h"

/// The peak speed of the machine, as a yardstick for kernels.
namespace digitlab {

/// Floating-point operations per second of independent multiply-and-add chains in registers, on all threads of `pool` at once.
/// Takes about `secs`.
double measure_peak(ThreadPool& pool, double secs);

/// Operations per second of the matrix product's inner kernel on data in the first-level cache, on one thread, and whether its
/// result is correct.
struct KernelSpeed {
    double flops_per_sec = 0;
    bool right = false;
};
KernelSpeed measure_matrix_kernel(double secs);

}  // namespace digitlab
