#include "nn/layers/convolution_layer.h"

#include <algorithm>

#include "nn/kernels/matrix.h"
#include "nn/kernels/simd.h"

namespace digitlab {

using tiny_dnn::serial_size_t;
using tiny_dnn::vector_type;

namespace {

constexpr int most_shards = 16;

std::size_t index(int i) { return static_cast<std::size_t>(i); }

}  // namespace

ConvolutionLayer::ConvolutionLayer(Shape input, Shape output, const LayerSpec& spec, int capacity, const BatchContext& context)
    : FoldedLayer(input, output, capacity, context, {vector_type::data, vector_type::weight, vector_type::bias}),
      convolution_{input, output, spec.kernel, spec.padding, spec.activation},
      packed_weights_(convolution_.packed_weight_count()),
      padded_bias_(index(simd::padded(output.channels))),
      shards_(index(std::min(capacity, most_shards))) {
    for (Shard& shard : shards_) shard.padded_input.resize(convolution_.padded_input_count());
}

std::vector<tiny_dnn::shape3d> ConvolutionLayer::in_shape() const {
    const auto outputs = static_cast<serial_size_t>(output_.channels);
    return {folded(input_), {outputs, fan_in_size(), 1}, {outputs, 1, 1}};
}

serial_size_t ConvolutionLayer::fan_in_size() const {
    return static_cast<serial_size_t>(convolution_.kernel * convolution_.kernel * input_.channels);
}

serial_size_t ConvolutionLayer::fan_out_size() const {
    return static_cast<serial_size_t>(convolution_.kernel * convolution_.kernel * output_.channels);
}

void ConvolutionLayer::prepare_training() {
    packed_backward_weights_.resize(convolution_.packed_backward_weight_count());
    for (Shard& shard : shards_) {
        shard.padded_gradient.resize(convolution_.padded_gradient_count());
        shard.weights.resize(convolution_.weight_count());
        shard.bias.resize(padded_bias_.size());
    }
}

std::vector<ParameterInfo> ConvolutionLayer::parameter_infos() const {
    return {{"weight", {convolution_.kernel, convolution_.kernel, input_.channels, output_.channels}},
            {"bias", {output_.channels}}};
}

template <class Work>
void ConvolutionLayer::for_each_image(Work&& work) {
    const int images = rows();
    const int shards = std::min(images, static_cast<int>(shards_.size()));
    pool().run(shards, [&](int shard) {
        const int first = images * shard / shards, last = images * (shard + 1) / shards;
        for (int image = first; image < last; ++image) work(shards_[index(shard)], index(image), image == first);
    });
}

void ConvolutionLayer::forward_propagation(const Tensors& in_data, Tensors& out_data) {
    pack_weights(convolution_, values(in_data, 1), packed_weights_.data());
    pad_rows(values(in_data, 2), 1, output_.channels, padded_bias_.data());
    const float* input = values(in_data, 0);
    float* output = values(out_data, 0);
    for_each_image([&](Shard& shard, std::size_t image, bool) {
        convolve(convolution_, input + image * input_.size(), packed_weights_.data(), padded_bias_.data(),
                 shard.padded_input.data(), output + image * output_.size());
    });
}

void ConvolutionLayer::back_propagation(const Tensors& in_data, const Tensors& out_data, Tensors& out_grad, Tensors& in_grad) {
    if (wants_input_gradient_) pack_backward_weights(convolution_, values(in_data, 1), packed_backward_weights_.data());
    const float* input = values(in_data, 0);
    const float* output = values(out_data, 0);
    const float* output_gradient = values(out_grad, 0);
    float* input_gradient = wants_input_gradient_ ? values(in_grad, 0) : nullptr;
    for_each_image([&](Shard& shard, std::size_t image, bool first_of_shard) {
        ConvolutionGradients gradients;
        gradients.padded_input = shard.padded_input.data();
        gradients.padded_gradient = shard.padded_gradient.data();
        gradients.weights = shard.weights.data();
        gradients.bias = shard.bias.data();
        gradients.input = input_gradient ? input_gradient + image * input_.size() : nullptr;
        gradients.accumulate = !first_of_shard;
        convolve_backward(convolution_, input + image * input_.size(), packed_backward_weights_.data(),
                          output + image * output_.size(), output_gradient + image * output_.size(), gradients);
    });
    add_up_shards(values(in_grad, 1), values(in_grad, 2));
}

void ConvolutionLayer::add_up_shards(float* weights, float* bias) {
    const std::size_t shards = index(std::min(rows(), static_cast<int>(shards_.size())));
    const auto add = [&](float* to, std::size_t first, std::size_t last, auto member) {
        std::copy((shards_[0].*member).data() + first, (shards_[0].*member).data() + last, to + first);
        for (std::size_t s = 1; s < shards; ++s) {
            const float* from = (shards_[s].*member).data();
            for (std::size_t i = first; i < last; ++i) to[i] += from[i];
        }
    };
    constexpr std::size_t piece = 2048;
    const std::size_t count = convolution_.weight_count();
    pool().run(static_cast<int>((count + piece - 1) / piece), [&](int task) {
        const std::size_t first = index(task) * piece;
        add(weights, first, std::min(first + piece, count), &Shard::weights);
    });
    add(bias, 0, index(output_.channels), &Shard::bias);
}

}  // namespace digitlab
