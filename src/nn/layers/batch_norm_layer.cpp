#include "nn/layers/batch_norm_layer.h"

#include <algorithm>
#include <cmath>

#include "nn/kernels/activation.h"
#include "nn/kernels/batch_norm.h"

namespace digitlab {

using tiny_dnn::vector_type;

namespace {

enum Input : std::size_t { data = 0, weight = 1, bias = 2, running_mean = 3, running_variance = 4 };

}  // namespace

BatchNormLayer::BatchNormLayer(Shape shape, Activation activation, int capacity, const BatchContext& context)
    : FoldedLayer(shape, shape, capacity, context,
                  {vector_type::data, vector_type::weight, vector_type::bias, vector_type::aux, vector_type::aux}),
      activation_(activation),
      channels_(static_cast<std::size_t>(shape.channels)),
      shards_(std::min(capacity, most_shards)),
      scale_(channels_),
      shift_(channels_) {}

std::vector<tiny_dnn::shape3d> BatchNormLayer::in_shape() const {
    const tiny_dnn::shape3d per_channel = {static_cast<tiny_dnn::serial_size_t>(channels_), 1, 1};
    return {folded(input_), per_channel, per_channel, per_channel, per_channel};
}

void BatchNormLayer::prepare_training() {
    for (auto* one : {&mean_, &variance_, &inverse_deviation_, &mean_gradient_, &mean_normalised_gradient_}) {
        one->resize(channels_);
    }
    sums_.resize(static_cast<std::size_t>(shards_) * channels_);
    normalised_sums_.resize(sums_.size());
    if (!needs_input_gradient_) own_gradient_.resize(static_cast<std::size_t>(capacity_) * input_.size());
}

std::vector<ParameterInfo> BatchNormLayer::parameter_infos() const {
    const std::vector<int> shape = {input_.channels};
    return {{"weight", shape, true}, {"bias", shape, true}, {"mean", shape, false}, {"variance", shape, false}};
}

void BatchNormLayer::initialise() {
    const auto fill = [this](std::size_t index, float value) { std::ranges::fill((*inputs()[index]->get_data())[0], value); };
    fill(weight, 1);
    fill(bias, 0);
    fill(running_mean, 0);
    fill(running_variance, 1);
}

template <class Work>
void BatchNormLayer::for_each_shard(Work&& work) {
    FoldedLayer::for_each_shard(shards_, [&](std::size_t shard, int first, int last) {
        work(shard, static_cast<std::size_t>(first) * input_.size(),
             static_cast<std::size_t>(last - first) * pixels_per_image());
    });
}

void BatchNormLayer::mean_of_shards(const tiny_dnn::vec_t& sums, tiny_dnn::vec_t& result) const {
    const auto shards = static_cast<std::size_t>(std::min(rows(), shards_));
    const auto pixels = static_cast<float>(static_cast<std::size_t>(rows()) * pixels_per_image());
    for (std::size_t c = 0; c < channels_; ++c) {
        float sum = 0;
        for (std::size_t shard = 0; shard < shards; ++shard) sum += sums[shard * channels_ + c];
        result[c] = sum / pixels;
    }
}

void BatchNormLayer::measure_batch(const Tensors& in_data) {
    const float* input = values(in_data, data);
    for_each_shard([&](std::size_t shard, std::size_t first, std::size_t pixels) {
        sum_channels(input + first, pixels, input_.channels, sums_.data() + shard * channels_);
    });
    mean_of_shards(sums_, mean_);
    for_each_shard([&](std::size_t shard, std::size_t first, std::size_t pixels) {
        sum_squared_deviations(input + first, pixels, input_.channels, mean_.data(), sums_.data() + shard * channels_);
    });
    mean_of_shards(sums_, variance_);
    // The running variance is the unbiased estimate, as in PyTorch.
    const auto pixels = static_cast<float>(static_cast<std::size_t>(rows()) * pixels_per_image());
    const float unbiased = pixels > 1 ? pixels / (pixels - 1) : 1;
    float* mean = values(in_data, running_mean);
    float* variance = values(in_data, running_variance);
    for (std::size_t c = 0; c < channels_; ++c) {
        inverse_deviation_[c] = 1 / std::sqrt(variance_[c] + batch_norm_epsilon);
        mean[c] += batch_norm_momentum * (mean_[c] - mean[c]);
        variance[c] += batch_norm_momentum * (variance_[c] * unbiased - variance[c]);
    }
}

void BatchNormLayer::set_scale_and_shift(const float* weight_values, const float* bias_values, const float* mean,
                                         const float* variance) {
    for (std::size_t c = 0; c < channels_; ++c) {
        scale_[c] = weight_values[c] / std::sqrt(variance[c] + batch_norm_epsilon);
        shift_[c] = bias_values[c] - mean[c] * scale_[c];
    }
}

void BatchNormLayer::forward_propagation(const Tensors& in_data, Tensors& out_data) {
    if (context_->training) {
        measure_batch(in_data);
        set_scale_and_shift(values(in_data, weight), values(in_data, bias), mean_.data(), variance_.data());
    } else {
        set_scale_and_shift(values(in_data, weight), values(in_data, bias), values(in_data, running_mean),
                            values(in_data, running_variance));
    }
    const float* input = values(in_data, data);
    float* output = values(out_data, 0);
    for_each_shard([&](std::size_t, std::size_t first, std::size_t pixels) {
        scale_and_shift(input + first, pixels, input_.channels, scale_.data(), shift_.data(), activation_, output + first);
    });
}

void BatchNormLayer::back_propagation(const Tensors& in_data, const Tensors& out_data, Tensors& out_grad, Tensors& in_grad) {
    const float* input = values(in_data, data);
    const float* output = values(out_data, 0);
    const float* output_gradient = values(out_grad, 0);
    float* gradient = needs_input_gradient_ ? values(in_grad, data) : own_gradient_.data();
    const ChannelStatistics statistics = {mean_.data(), inverse_deviation_.data()};
    for_each_shard([&](std::size_t shard, std::size_t first, std::size_t pixels) {
        activation_gradient(activation_, output + first, output_gradient + first, gradient + first, pixels * channels_);
        sum_gradients(input + first, gradient + first, pixels, input_.channels, statistics, sums_.data() + shard * channels_,
                      normalised_sums_.data() + shard * channels_);
    });
    mean_of_shards(sums_, mean_gradient_);
    mean_of_shards(normalised_sums_, mean_normalised_gradient_);
    const auto pixels = static_cast<float>(static_cast<std::size_t>(rows()) * pixels_per_image());
    for (std::size_t c = 0; c < channels_; ++c) {
        values(in_grad, weight)[c] = mean_normalised_gradient_[c] * pixels;
        values(in_grad, bias)[c] = mean_gradient_[c] * pixels;
    }
    if (!needs_input_gradient_) return;
    for_each_shard([&](std::size_t, std::size_t first, std::size_t shard_pixels) {
        batch_norm_gradient(input + first, shard_pixels, input_.channels, statistics, scale_.data(), mean_gradient_.data(),
                            mean_normalised_gradient_.data(), gradient + first);
    });
}

}  // namespace digitlab
