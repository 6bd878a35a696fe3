#include "nn/kernels/dense.h"

#include <algorithm>

#include "nn/kernels/activation.h"
#include "nn/kernels/matrix.h"
#include "nn/kernels/simd.h"

namespace digitlab {

namespace {

constexpr int chunk_inputs = 256;      ///< 256 x 32 weights are 32 KB: one column panel stays in the first-level cache
constexpr int block_rows = 32;         ///< rows of the batch per forward task
constexpr int block_inputs = 64;       ///< inputs per backward task
constexpr int panel_inputs = 32;       ///< inputs whose weights are transposed at a time
constexpr int panel_outputs = 128;     ///< 128 x 32 floats of scratch on the stack: 16 KB
constexpr int small_work = 16 * 1024;  ///< values that one thread processes faster than it wakes another

int pieces(int count, int size) { return (count + size - 1) / size; }
std::ptrdiff_t offset(int index, int stride) { return static_cast<std::ptrdiff_t>(index) * stride; }

bool needs_packing(const Dense& d) { return d.outputs % simd::padding != 0; }
int chunk_count(const Dense& d) { return pieces(d.inputs, chunk_inputs); }
/// The first input of a chunk; the lengths of chunks differ by at most one.
int chunk_start(const Dense& d, int chunk) {
    return static_cast<int>(static_cast<long long>(d.inputs) * chunk / chunk_count(d));
}

/// Runs a loop over `tasks`, on this thread alone if there is too little work to share.
template <class Task>
void run(ThreadPool& pool, int tasks, std::size_t values, Task&& task) {
    if (values > small_work) {
        pool.run(tasks, task);
    } else {
        for (int i = 0; i < tasks; ++i) task(i);
    }
}

/// output = activation(bias + the partial sums in order), for one row.
void add_partial_sums(const Dense& d, const float* sums, std::size_t chunk_stride, const float* bias, float* output) {
    for (int column = 0; column < d.outputs; column += simd::width) {
        const int lanes = d.outputs - column;
        simd::Floats sum = simd::load_lanes(bias + column, lanes);
        for (int chunk = 0; chunk < chunk_count(d); ++chunk) {
            sum = sum + simd::load_lanes(sums + static_cast<std::size_t>(chunk) * chunk_stride + column, lanes);
        }
        simd::store_lanes(output + column, sum, lanes);
    }
    apply_activation(d.activation, output, static_cast<std::size_t>(d.outputs));
}

/// bias gradient(n) = sum over rows of gradient(row, n)
void sum_rows(const Dense& d, int rows, const float* gradient, float* sums) {
    const int stride = simd::padded(d.outputs);
    for (int column = 0; column < d.outputs; column += simd::width) {
        simd::Floats sum{};
        for (int row = 0; row < rows; ++row) sum = sum + simd::load(gradient + offset(row, stride) + column);
        simd::store_lanes(sums + column, sum, d.outputs - column);
    }
}

/// weight gradient(i, n) = sum over rows of input(row, i) * gradient(row, n), for some inputs.
void weight_gradient(const Dense& d, int rows, const float* input, const float* gradient, int first, int count, float* to) {
    MatrixProduct p;
    p.a = input + first;
    p.a_row = 1;
    p.a_step = d.inputs;
    p.b = gradient;
    p.b_step = simd::padded(d.outputs);
    p.c = to + offset(first, d.outputs);
    p.c_row = d.outputs;
    p.rows = count;
    p.columns = d.outputs;
    p.steps = rows;
    multiply(p);
}

/// input gradient(row, i) = sum over n of gradient(row, n) * weights(i, n), for some inputs. The weights are transposed a
/// panel at a time, since the lanes of a vector are different inputs.
void input_gradient(const Dense& d, int rows, const float* weights, const float* gradient, int first, int count, float* to) {
    float panel[panel_outputs * panel_inputs];
    for (int n = 0; n < d.outputs; n += panel_outputs) {
        const int outputs = std::min(panel_outputs, d.outputs - n);
        transpose(weights + offset(first, d.outputs) + n, d.outputs, count, outputs, panel, panel_inputs);
        if (count < panel_inputs) {
            for (int row = 0; row < outputs; ++row) std::fill_n(panel + row * panel_inputs + count, panel_inputs - count, 0.0F);
        }
        MatrixProduct p;
        p.a = gradient + n;
        p.a_row = simd::padded(d.outputs);
        p.a_step = 1;
        p.b = panel;
        p.b_step = panel_inputs;
        p.c = to + first;
        p.c_row = d.inputs;
        p.rows = rows;
        p.columns = count;
        p.steps = outputs;
        p.accumulate = n > 0;
        multiply(p);
    }
}

}  // namespace

std::size_t Dense::packed_weight_count() const {
    return needs_packing(*this) ? static_cast<std::size_t>(inputs) * static_cast<std::size_t>(simd::padded(outputs)) : 0;
}
std::size_t Dense::partial_sum_count(int rows) const {
    return static_cast<std::size_t>(chunk_count(*this)) * static_cast<std::size_t>(rows) * static_cast<std::size_t>(outputs);
}
std::size_t Dense::padded_gradient_count(int rows) const {
    return static_cast<std::size_t>(rows) * static_cast<std::size_t>(simd::padded(outputs));
}

void dense_forward(const Dense& d, int rows, const float* input, const float* weights, const float* bias, float* packed_weights,
                   float* partial_sums, float* output, ThreadPool& pool) {
    const int chunks = chunk_count(d);
    const int blocks = pieces(rows, block_rows);
    const int stride = simd::padded(d.outputs);
    const std::size_t work = static_cast<std::size_t>(d.inputs) * static_cast<std::size_t>(d.outputs);
    if (needs_packing(d)) {
        run(pool, chunks, work, [&](int chunk) {
            const int first = chunk_start(d, chunk);
            pad_rows(weights + offset(first, d.outputs), chunk_start(d, chunk + 1) - first, d.outputs,
                     packed_weights + offset(first, stride));
        });
        weights = packed_weights;
    }
    const std::size_t chunk_stride = static_cast<std::size_t>(rows) * static_cast<std::size_t>(d.outputs);
    run(pool, chunks * blocks, work * static_cast<std::size_t>(rows) / 8, [&](int task) {
        const int chunk = task % chunks, first_row = task / chunks * block_rows;
        const int first = chunk_start(d, chunk);
        MatrixProduct p;
        p.a = input + offset(first_row, d.inputs) + first;
        p.a_row = d.inputs;
        p.a_step = 1;
        p.b = weights + offset(first, stride);
        p.b_step = stride;
        p.c = partial_sums + static_cast<std::size_t>(chunk) * chunk_stride + offset(first_row, d.outputs);
        p.c_row = d.outputs;
        p.rows = std::min(block_rows, rows - first_row);
        p.columns = d.outputs;
        p.steps = chunk_start(d, chunk + 1) - first;
        multiply(p);
    });
    run(pool, pieces(rows, 8), chunk_stride * static_cast<std::size_t>(chunks), [&](int task) {
        for (int row = task * 8; row < std::min(task * 8 + 8, rows); ++row) {
            add_partial_sums(d, partial_sums + offset(row, d.outputs), chunk_stride, bias, output + offset(row, d.outputs));
        }
    });
}

void dense_backward(const Dense& d, int rows, const float* input, const float* weights, const float* output,
                    const float* output_gradient, const DenseGradients& gradients, ThreadPool& pool) {
    float* gradient = gradients.padded_gradient;
    const int stride = simd::padded(d.outputs);
    run(pool, pieces(rows, 8), d.padded_gradient_count(rows), [&](int task) {
        for (int row = task * 8; row < std::min(task * 8 + 8, rows); ++row) {
            activation_gradient(d.activation, output + offset(row, d.outputs), output_gradient + offset(row, d.outputs),
                                gradient + offset(row, stride), static_cast<std::size_t>(d.outputs));
        }
    });
    const int blocks = pieces(d.inputs, block_inputs);
    pool.run(blocks + 1, [&](int task) {
        if (task == blocks) return sum_rows(d, rows, gradient, gradients.bias);
        const int first = task * block_inputs;
        const int last = std::min(first + block_inputs, d.inputs);
        weight_gradient(d, rows, input, gradient, first, last - first, gradients.weights);
        if (!gradients.input) return;
        for (int i = first; i < last; i += panel_inputs) {
            input_gradient(d, rows, weights, gradient, i, std::min(panel_inputs, last - i), gradients.input);
        }
    });
}

}  // namespace digitlab
