#include "nn/kernels/batch_norm.h"

#include <algorithm>
#include <type_traits>

#include "nn/kernels/activation.h"
#include "nn/kernels/simd.h"

namespace digitlab {

namespace {

using simd::Floats;

/// Calls work(first channel, lanes, vectors) for blocks of four whole vectors, then of one, and then for the rest. Each block
/// is processed pixel by pixel, so four vectors of four lanes use whole cache lines.
template <class Work>
void for_channel_blocks(int channels, Work&& work) {
    int channel = 0;
    for (; channel + 4 * simd::width <= channels; channel += 4 * simd::width) {
        work(channel, std::integral_constant<int, simd::width>(), std::integral_constant<int, 4>());
    }
    for (; channel + simd::width <= channels; channel += simd::width) {
        work(channel, std::integral_constant<int, simd::width>(), std::integral_constant<int, 1>());
    }
    if (channel < channels) work(channel, channels - channel, std::integral_constant<int, 1>());
}

/// sums(channel) = sum over pixels of term(offset of the value, channel, lanes), one pixel after the other.
template <class Term>
void sum_pixels(std::size_t pixels, int channels, float* sums, Term&& term) {
    for_channel_blocks(channels, [&](int channel, auto lanes, auto vectors) {
        Floats sum[vectors.value] = {};
        std::size_t offset = static_cast<std::size_t>(channel);
        for (std::size_t pixel = 0; pixel < pixels; ++pixel, offset += static_cast<std::size_t>(channels)) {
            for (int v = 0; v < vectors.value; ++v) {
                const int skip = v * simd::width;
                sum[v] = sum[v] + term(offset + static_cast<std::size_t>(skip), channel + skip, lanes);
            }
        }
        for (int v = 0; v < vectors.value; ++v) simd::store_lanes(sums + channel + v * simd::width, sum[v], lanes);
    });
}

/// Calls change(offset, channel, lanes) for every vector of values.
template <class Change>
void for_each_vector(std::size_t pixels, int channels, Change&& change) {
    for_channel_blocks(channels, [&](int channel, auto lanes, auto vectors) {
        std::size_t offset = static_cast<std::size_t>(channel);
        for (std::size_t pixel = 0; pixel < pixels; ++pixel, offset += static_cast<std::size_t>(channels)) {
            for (int v = 0; v < vectors.value; ++v) {
                const int skip = v * simd::width;
                change(offset + static_cast<std::size_t>(skip), channel + skip, lanes);
            }
        }
    });
}

}  // namespace

void sum_channels(const float* values, std::size_t pixels, int channels, float* sums) {
    sum_pixels(pixels, channels, sums,
               [&](std::size_t offset, int, auto lanes) { return simd::load_lanes(values + offset, lanes); });
}

void sum_squared_deviations(const float* values, std::size_t pixels, int channels, const float* mean, float* sums) {
    sum_pixels(pixels, channels, sums, [&](std::size_t offset, int channel, auto lanes) {
        const Floats deviation = simd::load_lanes(values + offset, lanes) - simd::load_lanes(mean + channel, lanes);
        return deviation * deviation;
    });
}

void scale_and_shift(const float* from, std::size_t pixels, int channels, const float* scale, const float* shift,
                     Activation activation, float* to) {
    const bool relu = activation == Activation::relu;
    for_each_vector(pixels, channels, [&](std::size_t offset, int channel, auto lanes) {
        const Floats value = simd::load_lanes(from + offset, lanes) * simd::load_lanes(scale + channel, lanes) +
                             simd::load_lanes(shift + channel, lanes);
        simd::store_lanes(to + offset, relu ? simd::greater(value, Floats{}) : value, lanes);
    });
    if (!relu) apply_activation(activation, to, pixels * static_cast<std::size_t>(channels));
}

namespace {

/// (input - mean) / deviation
template <class Lanes>
Floats normalised(const float* input, const ChannelStatistics& statistics, int channel, Lanes lanes) {
    return (simd::load_lanes(input, lanes) - simd::load_lanes(statistics.mean + channel, lanes)) *
           simd::load_lanes(statistics.inverse_deviation + channel, lanes);
}

}  // namespace

void sum_gradients(const float* input, const float* gradient, std::size_t pixels, int channels,
                   const ChannelStatistics& statistics, float* sums, float* normalised_sums) {
    sum_channels(gradient, pixels, channels, sums);
    sum_pixels(pixels, channels, normalised_sums, [&](std::size_t offset, int channel, auto lanes) {
        return simd::load_lanes(gradient + offset, lanes) * normalised(input + offset, statistics, channel, lanes);
    });
}

void batch_norm_gradient(const float* input, std::size_t pixels, int channels, const ChannelStatistics& statistics,
                         const float* scale, const float* mean_gradient, const float* mean_normalised_gradient,
                         float* gradient) {
    for_each_vector(pixels, channels, [&](std::size_t offset, int channel, auto lanes) {
        const Floats share =
            simd::load_lanes(mean_gradient + channel, lanes) + normalised(input + offset, statistics, channel, lanes) *
                                                                   simd::load_lanes(mean_normalised_gradient + channel, lanes);
        const Floats value = simd::load_lanes(scale + channel, lanes) * (simd::load_lanes(gradient + offset, lanes) - share);
        simd::store_lanes(gradient + offset, value, lanes);
    });
}

}  // namespace digitlab
