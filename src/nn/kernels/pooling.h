#pragma once

#include "nn/architecture.h"

/// Pooling of one image (H, W, C) with a square window and equal stride. Rows and columns that fill no window are ignored.
namespace digitlab {

struct Pooling {
    Shape input, output;
    int size = 2;
};

void max_pool(const Pooling& pooling, const float* input, float* output);

/// The gradient goes to the first largest value of each window; everything else becomes zero.
void max_pool_gradient(const Pooling& pooling, const float* input, const float* output, const float* output_gradient,
                       float* input_gradient);

void average_pool(const Pooling& pooling, const float* input, float* output);
void average_pool_gradient(const Pooling& pooling, const float* output_gradient, float* input_gradient);

}  // namespace digitlab
