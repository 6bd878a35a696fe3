#include "nn/layers/winograd_layer.h"

#include <algorithm>

#include "nn/kernels/matrix.h"
#include "nn/kernels/simd.h"

namespace digitlab {

namespace {

constexpr int channels_per_task = 8;

/// There are four times as many transformed weights as weights, and every shard has gradients for all of them: fewer shards
/// need less memory traffic, but more shards let more threads share the work.
int shards_for(std::size_t transformed_weights) {
    if (transformed_weights > 100'000) return 4;
    return transformed_weights > 50'000 ? 8 : most_shards;
}

}  // namespace

WinogradLayer::WinogradLayer(Shape input, Shape output, const LayerSpec& spec, int capacity, const BatchContext& context)
    : ConvolutionLayer(input, output, spec, capacity, context),
      winograd_(convolution_),
      transformed_weights_(winograd_.weight_count()),
      padded_bias_(index(simd::padded(output.channels))) {
    shard_limit_ = shards_for(winograd_.weight_count());
    scratch_.allocate(std::min({pool().threads(), capacity, shard_limit_}), winograd_.forward_scratch_count());
}

void WinogradLayer::prepare_training() {
    scratch_.allocate(std::min({pool().threads(), capacity_, shard_limit_}), winograd_.backward_scratch_count());
    if (needs_input_gradient_) transposed_weights_.resize(winograd_.backward_weight_count());
    gradients_.resize(index(std::min(capacity_, shard_limit_)));
    for (ShardGradients& shard : gradients_) {
        shard.weights.resize(winograd_.weight_count());
        shard.bias.resize(padded_bias_.size());
    }
}

void WinogradLayer::forward_propagation(const Tensors& in_data, Tensors& out_data) {
    const float* weights = values(in_data, 1);
    for_each_piece(input_.channels, channels_per_task, [&](int first, int last) {
        winograd_.transform_weights(weights, first, last, transformed_weights_.data());
    });
    pad_rows(values(in_data, 2), 1, output_.channels, padded_bias_.data());
    const float* input = values(in_data, 0);
    float* output = values(out_data, 0);
    for_each_shard(shard_limit_, [&](std::size_t, int first, int last) {
        ScratchPool::Lease scratch(scratch_);
        winograd_.forward(last - first, input + index(first) * input_.size(), transformed_weights_.data(), padded_bias_.data(),
                          scratch.data(), output + index(first) * output_.size());
    });
}

void WinogradLayer::back_propagation(const Tensors& in_data, const Tensors& out_data, Tensors& out_grad, Tensors& in_grad) {
    if (needs_input_gradient_) {
        for_each_piece(Winograd::points, 3, [&](int first, int last) {
            winograd_.transpose_weights(transformed_weights_.data(), first, last, transposed_weights_.data());
        });
    }
    const float* input = values(in_data, 0);
    const float* output = values(out_data, 0);
    const float* output_gradient = values(out_grad, 0);
    float* input_gradient = needs_input_gradient_ ? values(in_grad, 0) : nullptr;
    for_each_shard(shard_limit_, [&](std::size_t shard, int first, int last) {
        ScratchPool::Lease scratch(scratch_);
        const std::size_t in = index(first) * input_.size(), out = index(first) * output_.size();
        winograd_.backward(last - first, input + in, transposed_weights_.data(), output + out, output_gradient + out,
                           scratch.data(), gradients_[shard].weights.data(), gradients_[shard].bias.data(),
                           input_gradient ? input_gradient + in : nullptr);
    });
    add_up_gradients(values(in_grad, 1), values(in_grad, 2));
}

void WinogradLayer::add_up_gradients(float* weights, float* bias) {
    constexpr int piece = 4096;
    float* sum = gradients_[0].weights.data();
    for_each_piece(static_cast<int>(winograd_.weight_count()), piece, [&](int first, int last) {
        for (int shard = 1; shard < shards(); ++shard) {
            const float* from = gradients_[index(shard)].weights.data();
            for (int i = first; i < last; ++i) sum[i] += from[i];
        }
    });
    for_each_piece(input_.channels, channels_per_task,
                   [&](int first, int last) { winograd_.transform_weight_gradient(sum, first, last, weights); });
    add_up_shards(shards(), [&](int shard) { return gradients_[index(shard)].bias.data(); }, 0, index(output_.channels), bias);
}

}  // namespace digitlab
