#include "nn/layers/dropout_layer.h"

#include <algorithm>

#include "nn/kernels/dropout.h"

namespace digitlab {

DropoutLayer::DropoutLayer(Shape shape, float rate, int position, int capacity, const BatchContext& context)
    : FoldedLayer(shape, shape, capacity, context, {tiny_dnn::vector_type::data}), rate_(rate), position_(position) {}

void DropoutLayer::prepare_training() { mask_.resize(static_cast<std::size_t>(capacity_) * input_.size()); }

template <class Work>
void DropoutLayer::for_each_piece(Work&& work) {
    constexpr std::size_t piece = 4096;
    const std::size_t count = static_cast<std::size_t>(rows()) * input_.size();
    pool().run(static_cast<int>((count + piece - 1) / piece), [&](int task) {
        const std::size_t first = static_cast<std::size_t>(task) * piece;
        work(first, std::min(piece, count - first));
    });
}

void DropoutLayer::forward_propagation(const Tensors& in_data, Tensors& out_data) {
    const float* input = values(in_data, 0);
    float* output = values(out_data, 0);
    if (!context_->training) {
        for_each_piece([&](std::size_t first, std::size_t count) { std::copy_n(input + first, count, output + first); });
        return;
    }
    const DropoutStream stream = {context_->seed, static_cast<std::uint32_t>(position_), context_->step};
    for_each_piece([&](std::size_t first, std::size_t count) {
        make_dropout_mask(stream, rate_, first, count, mask_.data() + first);
        multiply_values(input + first, mask_.data() + first, output + first, count);
    });
}

void DropoutLayer::back_propagation(const Tensors&, const Tensors&, Tensors& out_grad, Tensors& in_grad) {
    if (!wants_input_gradient_) return;
    const float* from = values(out_grad, 0);
    float* to = values(in_grad, 0);
    for_each_piece(
        [&](std::size_t first, std::size_t count) { multiply_values(from + first, mask_.data() + first, to + first, count); });
}

}  // namespace digitlab
