#include "nn/layers/add_layer.h"

#include <algorithm>

#include "nn/kernels/activation.h"

namespace digitlab {

using tiny_dnn::vector_type;

AddLayer::AddLayer(Shape shape, Activation activation, int capacity, const BatchContext& context)
    : FoldedLayer(shape, shape, capacity, context, {vector_type::data, vector_type::data}), activation_(activation) {}

template <class Work>
void AddLayer::for_each_piece(Work&& work) {
    constexpr std::size_t piece = 16384;
    const std::size_t count = static_cast<std::size_t>(rows()) * input_.size();
    pool().run(static_cast<int>((count + piece - 1) / piece), [&](int task) {
        const std::size_t first = static_cast<std::size_t>(task) * piece;
        work(first, std::min(piece, count - first));
    });
}

void AddLayer::forward_propagation(const Tensors& in_data, Tensors& out_data) {
    const float* a = values(in_data, 0);
    const float* b = values(in_data, 1);
    float* output = values(out_data, 0);
    for_each_piece([&](std::size_t first, std::size_t count) {
        for (std::size_t i = first; i < first + count; ++i) output[i] = a[i] + b[i];
        apply_activation(activation_, output + first, count);
    });
}

void AddLayer::back_propagation(const Tensors&, const Tensors& out_data, Tensors& out_grad, Tensors& in_grad) {
    const float* output = values(out_data, 0);
    const float* output_gradient = values(out_grad, 0);
    float* first_gradient = values(in_grad, 0);
    for_each_piece([&](std::size_t first, std::size_t count) {
        activation_gradient(activation_, output + first, output_gradient + first, first_gradient + first, count);
        std::copy_n(first_gradient + first, count, gradient_.data() + first);
    });
}

void AddLayer::add_second_gradient(float* gradient) {
    for_each_piece([&](std::size_t first, std::size_t count) {
        for (std::size_t i = first; i < first + count; ++i) gradient[i] += gradient_[i];
    });
}

}  // namespace digitlab
