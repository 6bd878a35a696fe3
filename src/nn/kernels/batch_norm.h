#pragma once

#include <cstddef>

#include "nn/architecture.h"

/// Batch normalisation (Ioffe and Szegedy, 2015) over the pixels of some images, channels last. Statistics are sums per
/// channel over one shard of the batch; the caller adds the shards' sums in order.
namespace digitlab {

inline constexpr float batch_norm_epsilon = 1e-5F;  ///< as PyTorch's BatchNorm2d
inline constexpr float batch_norm_momentum = 0.1F;  ///< share of the latest batch in the running statistics

/// sums(channel) = sum over pixels of values(pixel, channel)
void sum_channels(const float* values, std::size_t pixels, int channels, float* sums);

/// sums(channel) = sum over pixels of (values(pixel, channel) - mean(channel))²
void sum_squared_deviations(const float* values, std::size_t pixels, int channels, const float* mean, float* sums);

/// to(pixel, channel) = activation(from(pixel, channel) * scale(channel) + shift(channel))
void scale_and_shift(const float* from, std::size_t pixels, int channels, const float* scale, const float* shift,
                     Activation activation, float* to);

/// The statistics of each channel that the backward pass needs; arrays of `channels` floats.
struct ChannelStatistics {
    const float* mean = nullptr;
    const float* inverse_deviation = nullptr;  ///< 1 / sqrt(variance + epsilon)
};

/// Sums `gradient` per channel, and gradient * normalised input.
void sum_gradients(const float* input, const float* gradient, std::size_t pixels, int channels,
                   const ChannelStatistics& statistics, float* sums, float* normalised_sums);

/// gradient(pixel, channel) = scale * (gradient - mean_gradient - normalised input * mean_normalised_gradient), in place: from
/// the gradient of the scaled and shifted output to that of the input.
void batch_norm_gradient(const float* input, std::size_t pixels, int channels, const ChannelStatistics& statistics,
                         const float* scale, const float* mean_gradient, const float* mean_normalised_gradient,
                         float* gradient);

}  // namespace digitlab
