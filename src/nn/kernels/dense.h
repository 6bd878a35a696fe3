#pragma once

#include <cstddef>

#include "base/thread_pool.h"
#include "nn/architecture.h"

/// Dense layers over a mini-batch. Weights are (inputs, outputs). How the work is divided depends only on the layer's size and
/// the number of rows, never on the number of threads.
namespace digitlab {

struct Dense {
    int inputs = 0, outputs = 0;
    Activation activation = Activation::none;

    // Sizes, in floats, of the scratch buffers for `rows` rows.
    std::size_t packed_weight_count() const;        ///< 0 if the outputs fill whole vectors
    std::size_t partial_sum_count(int rows) const;  ///< (chunks, rows, outputs); 0 when there is one chunk
    std::size_t padded_gradient_count(int rows) const;
};

/// output = activation(input * weights + bias). The sum over the inputs is divided into chunks of about 256, computed in
/// parallel and added in order.
void dense_forward(const Dense& dense, int rows, const float* input, const float* weights, const float* bias,
                   float* packed_weights, float* partial_sums, float* output, ThreadPool& pool);

struct DenseGradients {
    float* padded_gradient = nullptr;  ///< scratch
    float* weights = nullptr;
    float* bias = nullptr;
    float* input = nullptr;  ///< null if not needed
};

void dense_backward(const Dense& dense, int rows, const float* input, const float* weights, const float* output,
                    const float* output_gradient, const DenseGradients& gradients, ThreadPool& pool);

}  // namespace digitlab
