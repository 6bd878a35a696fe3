#include "nn/layers/dropout_layer.h"

#include <algorithm>

#include "nn/kernels/dropout.h"

namespace digitlab {

namespace {

constexpr std::size_t piece = 4096;

}  // namespace

DropoutLayer::DropoutLayer(Shape shape, float rate, int position, int capacity, const BatchContext& context)
    : FoldedLayer(shape, shape, capacity, context, {tiny_dnn::vector_type::data}), rate_(rate), position_(position) {}

void DropoutLayer::prepare_training() { mask_.resize(static_cast<std::size_t>(capacity_) * input_.size()); }

void DropoutLayer::forward_propagation(const Tensors& in_data, Tensors& out_data) {
    const float* input = values(in_data, 0);
    float* output = values(out_data, 0);
    if (!context_->training) {
        for_each_piece(value_count(), piece,
                       [&](std::size_t first, std::size_t last) { std::copy(input + first, input + last, output + first); });
        return;
    }
    const DropoutStream stream = {context_->seed, static_cast<std::uint32_t>(position_), context_->step};
    for_each_piece(value_count(), piece, [&](std::size_t first, std::size_t last) {
        const std::size_t count = last - first;
        make_dropout_mask(stream, rate_, first, count, mask_.data() + first);
        multiply_values(input + first, mask_.data() + first, output + first, count);
    });
}

void DropoutLayer::back_propagation(const Tensors&, const Tensors&, Tensors& out_grad, Tensors& in_grad) {
    if (!needs_input_gradient_) return;
    const float* from = values(out_grad, 0);
    float* to = values(in_grad, 0);
    for_each_piece(value_count(), piece, [&](std::size_t first, std::size_t last) {
        multiply_values(from + first, mask_.data() + first, to + first, last - first);
    });
}

}  // namespace digitlab
