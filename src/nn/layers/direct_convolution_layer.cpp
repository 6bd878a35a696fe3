#include "nn/layers/direct_convolution_layer.h"

#include <algorithm>

#include "nn/kernels/matrix.h"
#include "nn/kernels/simd.h"

namespace digitlab {

DirectConvolutionLayer::DirectConvolutionLayer(Shape input, Shape output, const LayerSpec& spec, int capacity,
                                               const BatchContext& context)
    : ConvolutionLayer(input, output, spec, capacity, context),
      packed_weights_(convolution_.packed_weight_count()),
      padded_bias_(index(simd::padded(output.channels))),
      shards_(index(std::min(capacity, most_shards))) {
    for (Shard& shard : shards_) shard.padded_input.resize(convolution_.padded_input_count());
}

void DirectConvolutionLayer::prepare_training() {
    packed_backward_weights_.resize(convolution_.packed_backward_weight_count());
    for (Shard& shard : shards_) {
        shard.padded_gradient.resize(convolution_.padded_gradient_count());
        shard.weights.resize(convolution_.weight_count());
        shard.bias.resize(padded_bias_.size());
    }
}

void DirectConvolutionLayer::forward_propagation(const Tensors& in_data, Tensors& out_data) {
    pack_weights(convolution_, values(in_data, 1), packed_weights_.data());
    pad_rows(values(in_data, 2), 1, output_.channels, padded_bias_.data());
    const float* input = values(in_data, 0);
    float* output = values(out_data, 0);
    for_each_shard(shard_limit_, [&](std::size_t shard, int first, int last) {
        for (std::size_t image = index(first); image < index(last); ++image) {
            convolve(convolution_, input + image * input_.size(), packed_weights_.data(), padded_bias_.data(),
                     shards_[shard].padded_input.data(), output + image * output_.size());
        }
    });
}

void DirectConvolutionLayer::back_propagation(const Tensors& in_data, const Tensors& out_data, Tensors& out_grad,
                                              Tensors& in_grad) {
    if (needs_input_gradient_) pack_backward_weights(convolution_, values(in_data, 1), packed_backward_weights_.data());
    const float* input = values(in_data, 0);
    const float* output = values(out_data, 0);
    const float* output_gradient = values(out_grad, 0);
    float* input_gradient = needs_input_gradient_ ? values(in_grad, 0) : nullptr;
    for_each_shard(shard_limit_, [&](std::size_t index_of_shard, int first, int last) {
        Shard& shard = shards_[index_of_shard];
        for (std::size_t image = index(first); image < index(last); ++image) {
            ConvolutionGradients gradients;
            gradients.padded_input = shard.padded_input.data();
            gradients.padded_gradient = shard.padded_gradient.data();
            gradients.weights = shard.weights.data();
            gradients.bias = shard.bias.data();
            gradients.input = input_gradient ? input_gradient + image * input_.size() : nullptr;
            gradients.accumulate = image > index(first);
            convolve_backward(convolution_, input + image * input_.size(), packed_backward_weights_.data(),
                              output + image * output_.size(), output_gradient + image * output_.size(), gradients);
        }
    });
    constexpr std::size_t piece = 2048;
    for_each_piece(convolution_.weight_count(), piece, [&](std::size_t first, std::size_t last) {
        add_up_shards(
            shards(), [&](int shard) { return shards_[index(shard)].weights.data(); }, first, last, values(in_grad, 1));
    });
    add_up_shards(
        shards(), [&](int shard) { return shards_[index(shard)].bias.data(); }, 0, index(output_.channels), values(in_grad, 2));
}

}  // namespace digitlab
