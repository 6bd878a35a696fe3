// Guards against a kernel that becomes slow but stays correct. Only ratios of times within one run are compared, each the
// shortest of several. They are still benchmarks: run them with the filter [benchmark] on a machine that is not busy.

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <vector>

#include "base/clock.h"
#include "nn/kernels/matrix.h"
#include "nn/kernels/simd.h"
#include "nn/kernels/winograd.h"
#include "nn/random_values.h"

using namespace digitlab;

namespace {

template <class Work>
double shortest_secs(Work&& work) {
    double shortest = 1e9;
    for (int i = 0; i < 9; ++i) {
        const double start = monotonic_secs();
        work();
        shortest = std::min(shortest, monotonic_secs() - start);
    }
    return shortest;
}

}  // namespace

TEST_CASE("the matrix product is faster than what a compiler makes of three loops", "[.][benchmark]") {
    constexpr std::size_t rows = 96, columns = 64, steps = 192;
    const auto a = random_values(rows * steps, 1), b = random_values(steps * columns, 2);
    std::vector<float> c(rows * columns), reference(rows * columns);
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
    const double fast = shortest_secs([&] { multiply(product); });
    const double slow = shortest_secs([&] {
        for (std::size_t m = 0; m < rows; ++m) {
            for (std::size_t n = 0; n < columns; ++n) {
                float sum = 0;
                for (std::size_t k = 0; k < steps; ++k) sum += a[m * steps + k] * b[k * columns + n];
                reference[m * columns + n] = sum;
            }
        }
    });
    CHECK(c[5] == reference[5]);
    INFO("ratio " << slow / fast);
    CHECK(slow > 1.2 * fast);
}

TEST_CASE("Winograd's convolution is faster than the direct one where it is chosen", "[.][benchmark]") {
    Convolution c;
    c.input = {32, 26, 26};
    c.output = {64, 24, 24};
    const Winograd winograd(c);
    const auto input = random_values(c.input.size(), 1), weights = random_values(c.weight_count(), 2);
    const std::vector<float> bias(64);
    std::vector<float> packed(c.packed_weight_count()), transformed(winograd.weight_count()),
        scratch(winograd.forward_scratch_count()), output(c.output.size());
    pack_weights(c, weights.data(), packed.data());
    winograd.transform_weights(weights.data(), 0, 32, transformed.data());
    const double direct = shortest_secs([&] { convolve(c, input.data(), packed.data(), bias.data(), nullptr, output.data()); });
    const double fast = shortest_secs(
        [&] { winograd.forward(1, input.data(), transformed.data(), bias.data(), scratch.data(), output.data()); });
    INFO("ratio " << direct / fast);
    CHECK(direct > 1.2 * fast);
}
