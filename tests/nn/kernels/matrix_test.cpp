#include "nn/kernels/matrix.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "nn/kernels/simd.h"
#include "nn/random_values.h"

using namespace digitlab;

namespace {

std::size_t at(std::ptrdiff_t i) { return static_cast<std::size_t>(i); }

/// Follows the definition, one output at a time, in float and in the documented order.
void multiply_naive(const MatrixProduct& p) {
    for (int g = 0; g < p.groups; ++g) {
        for (int m = 0; m < p.rows; ++m) {
            for (int n = 0; n < p.columns; ++n) {
                float& c = p.c[g * p.c_group + m * p.c_row + n];
                float sum = p.accumulate ? c : p.bias ? p.bias[n] : 0.0F;
                for (int s = 0; s < p.segments; ++s) {
                    for (int k = 0; k < p.steps; ++k) {
                        const float left = p.a[g * p.a_group + m * p.a_row + s * p.a_segment + k * p.a_step];
                        sum += left * p.b[s * p.b_segment + k * p.b_step + n];
                    }
                }
                c = p.relu ? std::max(sum, 0.0F) : sum;
            }
        }
    }
}

/// Results must equal the naive ones bit for bit: lanes do not change the order of operations.
void compare(MatrixProduct p, std::size_t c_size) {
    std::vector<float> fast = random_values(c_size, 9), naive = fast;
    p.c = fast.data();
    multiply(p);
    p.c = naive.data();
    multiply_naive(p);
    REQUIRE(fast == naive);
}

}  // namespace

TEST_CASE("products of matrices of all small sizes equal the naive ones") {
    const int counts[] = {1, 2, 3, 5, 6, 7, 8, 9, 15, 16, 17, 26, 33};
    for (const int rows : counts) {
        for (const int columns : counts) {
            for (const int steps : {1, 2, 3, 4, 5, 9, 31}) {
                const int stride = simd::padded(columns);
                const auto a = random_values(at(rows * steps), 1), b = random_values(at(steps * stride), 2),
                           bias = random_values(at(stride), 3);
                MatrixProduct p;
                p.rows = rows;
                p.columns = columns;
                p.steps = steps;
                p.a = a.data();
                p.b = b.data();
                p.b_step = stride;
                p.c_row = columns + 3;  // values between rows must stay untouched
                const std::size_t c_size = at(rows * p.c_row);

                p.a_row = steps;
                p.a_step = 1;
                p.bias = bias.data();
                p.relu = steps % 2 == 0;
                compare(p, c_size);

                p.bias = nullptr;
                p.relu = false;
                p.accumulate = true;
                p.a_row = 1;
                p.a_step = rows;
                compare(p, c_size);
            }
        }
    }
}

TEST_CASE("groups and segments read a moving window") {
    // A 7 x 6 image of 2 channels under a 3 x 3 window, 5 filters.
    const int height = 7, width = 6, channels = 2, filters = 5, kernel = 3;
    const auto image = random_values(at(height * width * channels), 1);
    const auto weights = random_values(at(kernel * kernel * channels * simd::padded(filters)), 2);
    MatrixProduct p;
    p.a = image.data();
    p.a_group = p.a_segment = width * channels;
    p.a_row = channels;
    p.a_step = 1;
    p.b = weights.data();
    p.b_step = simd::padded(filters);
    p.b_segment = p.b_step * kernel * channels;
    p.groups = height - kernel + 1;
    p.rows = width - kernel + 1;
    p.columns = filters;
    p.segments = kernel;
    p.steps = kernel * channels;
    p.c_row = filters;
    p.c_group = p.rows * filters;
    compare(p, at(p.groups * p.c_group));
}

TEST_CASE("transpose and pad_rows move every value") {
    for (const int rows : {1, 7, 8, 9, 30}) {
        for (const int columns : {1, 5, 16, 33}) {
            const auto from = random_values(at(rows * columns), 4);
            std::vector<float> turned(at(columns * (rows + 2))), padded(at(rows * simd::padded(columns)), 7.0F);
            transpose(from.data(), columns, rows, columns, turned.data(), rows + 2);
            pad_rows(from.data(), rows, columns, padded.data());
            for (int r = 0; r < rows; ++r) {
                for (int c = 0; c < simd::padded(columns); ++c) {
                    const float expected = c < columns ? from[at(r * columns + c)] : 0.0F;
                    REQUIRE(padded[at(r * simd::padded(columns) + c)] == expected);
                    if (c < columns) REQUIRE(turned[at(c * (rows + 2) + r)] == expected);
                }
            }
        }
    }
}
