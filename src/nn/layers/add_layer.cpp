#include "nn/layers/add_layer.h"

#include <algorithm>

#include "nn/kernels/activation.h"

namespace digitlab {

using tiny_dnn::vector_type;

namespace {

constexpr std::size_t piece = 16384;

}  // namespace

AddLayer::AddLayer(Shape shape, Activation activation, int capacity, const BatchContext& context)
    : FoldedLayer(shape, shape, capacity, context, {vector_type::data, vector_type::data}), activation_(activation) {}

void AddLayer::forward_propagation(const Tensors& in_data, Tensors& out_data) {
    const float* a = values(in_data, 0);
    const float* b = values(in_data, 1);
    float* output = values(out_data, 0);
    for_each_piece(value_count(), piece, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) output[i] = a[i] + b[i];
        apply_activation(activation_, output + first, last - first);
    });
}

void AddLayer::back_propagation(const Tensors&, const Tensors& out_data, Tensors& out_grad, Tensors& in_grad) {
    const float* output = values(out_data, 0);
    const float* output_gradient = values(out_grad, 0);
    float* first_gradient = values(in_grad, 0);
    for_each_piece(value_count(), piece, [&](std::size_t first, std::size_t last) {
        activation_gradient(activation_, output + first, output_gradient + first, first_gradient + first, last - first);
        std::copy_n(first_gradient + first, last - first, gradient_.data() + first);
    });
}

void AddLayer::add_second_gradient(float* gradient) {
    for_each_piece(value_count(), piece, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) gradient[i] += gradient_[i];
    });
}

}  // namespace digitlab
