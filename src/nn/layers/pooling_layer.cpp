#include "nn/layers/pooling_layer.h"

#include <algorithm>

namespace digitlab {

PoolingLayer::PoolingLayer(Shape input, Shape output, const LayerSpec& spec, int capacity, const BatchContext& context)
    : FoldedLayer(input, output, capacity, context, {tiny_dnn::vector_type::data}),
      pooling_{input, output, spec.pool},
      takes_largest_(spec.kind == LayerKind::max_pool) {}

template <class Work>
void PoolingLayer::for_each_image(Work&& work) {
    constexpr int images_per_task = 4;
    pool().run((rows() + images_per_task - 1) / images_per_task, [&](int task) {
        const int first = task * images_per_task;
        for (int image = first; image < std::min(first + images_per_task, rows()); ++image) {
            work(static_cast<std::size_t>(image) * input_.size(), static_cast<std::size_t>(image) * output_.size());
        }
    });
}

void PoolingLayer::forward_propagation(const Tensors& in_data, Tensors& out_data) {
    const float* input = values(in_data, 0);
    float* output = values(out_data, 0);
    for_each_image([&](std::size_t from, std::size_t to) {
        if (takes_largest_) {
            max_pool(pooling_, input + from, output + to);
        } else {
            average_pool(pooling_, input + from, output + to);
        }
    });
}

void PoolingLayer::back_propagation(const Tensors& in_data, const Tensors& out_data, Tensors& out_grad, Tensors& in_grad) {
    if (!needs_input_gradient_) return;
    const float* input = values(in_data, 0);
    const float* output = values(out_data, 0);
    const float* output_gradient = values(out_grad, 0);
    float* input_gradient = values(in_grad, 0);
    for_each_image([&](std::size_t in, std::size_t out) {
        if (takes_largest_) {
            max_pool_gradient(pooling_, input + in, output + out, output_gradient + out, input_gradient + in);
        } else {
            average_pool_gradient(pooling_, output_gradient + out, input_gradient + in);
        }
    });
}

}  // namespace digitlab
