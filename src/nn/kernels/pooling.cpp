#include "nn/kernels/pooling.h"

#include <algorithm>
#include <cstddef>
#include <type_traits>

#include "nn/kernels/simd.h"

namespace digitlab {

namespace {

using simd::Floats;
using simd::Ints;

/// Calls function(window, cell, lanes) for every window and vector of channels, with the offsets of the window's first input
/// value and of its output value.
template <class Function>
void for_each_window(const Pooling& p, Function&& function) {
    const std::ptrdiff_t channels = p.input.channels;
    const std::ptrdiff_t row = p.input.width * channels;
    for (int y = 0; y < p.output.height; ++y) {
        for (int x = 0; x < p.output.width; ++x) {
            const std::ptrdiff_t window = y * p.size * row + x * p.size * channels;
            const std::ptrdiff_t cell = (static_cast<std::ptrdiff_t>(y) * p.output.width + x) * channels;
            std::ptrdiff_t channel = 0;
            for (; channel + simd::width <= channels; channel += simd::width) {
                function(window + channel, cell + channel, std::integral_constant<int, simd::width>());
            }
            if (channel < channels) function(window + channel, cell + channel, static_cast<int>(channels - channel));
        }
    }
}

/// Calls function(size), with a constant for the usual windows of 2 x 2 so that their loops unroll.
template <class Function>
void with_size(const Pooling& p, Function&& function) {
    if (p.size == 2) {
        function(std::integral_constant<int, 2>());
    } else {
        function(p.size);
    }
}

/// Zeroes the rows and columns that belong to no window.
void clear_borders(const Pooling& p, float* gradient) {
    const std::ptrdiff_t channels = p.input.channels;
    const std::ptrdiff_t row = p.input.width * channels;
    const std::ptrdiff_t used_width = static_cast<std::ptrdiff_t>(p.output.width) * p.size * channels;
    const int used_height = p.output.height * p.size;
    if (used_width < row) {
        for (int y = 0; y < used_height; ++y) std::fill(gradient + y * row + used_width, gradient + (y + 1) * row, 0.0F);
    }
    std::fill(gradient + used_height * row, gradient + p.input.height * row, 0.0F);
}

template <class Size>
void max_pool_of(const Pooling& p, Size size, const float* input, float* output) {
    const std::ptrdiff_t channels = p.input.channels;
    const std::ptrdiff_t row = p.input.width * channels;
    for_each_window(p, [&](std::ptrdiff_t window, std::ptrdiff_t cell, auto lanes) {
        Floats largest = simd::load_lanes(input + window, lanes);
        for (int y = 0; y < size; ++y) {
            for (int x = 0; x < size; ++x) {
                largest = simd::greater(simd::load_lanes(input + window + y * row + x * channels, lanes), largest);
            }
        }
        simd::store_lanes(output + cell, largest, lanes);
    });
}

template <class Size>
void max_pool_gradient_of(const Pooling& p, Size size, const float* input, const float* output, const float* output_gradient,
                          float* input_gradient) {
    const std::ptrdiff_t channels = p.input.channels;
    const std::ptrdiff_t row = p.input.width * channels;
    for_each_window(p, [&](std::ptrdiff_t window, std::ptrdiff_t cell, auto lanes) {
        const Floats largest = simd::load_lanes(output + cell, lanes);
        Floats left = simd::load_lanes(output_gradient + cell, lanes);  // zero once assigned to a position
        for (int y = 0; y < size; ++y) {
            for (int x = 0; x < size; ++x) {
                const std::ptrdiff_t position = window + y * row + x * channels;
                const Ints here = simd::load_lanes(input + position, lanes) == largest;
                simd::store_lanes(input_gradient + position, simd::select(here, left, Floats{}), lanes);
                left = simd::select(here, Floats{}, left);
            }
        }
    });
}

template <class Size>
void average_pool_of(const Pooling& p, Size size, const float* input, float* output) {
    const std::ptrdiff_t channels = p.input.channels;
    const std::ptrdiff_t row = p.input.width * channels;
    const float share = 1.0F / static_cast<float>(p.size * p.size);
    for_each_window(p, [&](std::ptrdiff_t window, std::ptrdiff_t cell, auto lanes) {
        Floats sum{};
        for (int y = 0; y < size; ++y) {
            for (int x = 0; x < size; ++x) sum = sum + simd::load_lanes(input + window + y * row + x * channels, lanes);
        }
        simd::store_lanes(output + cell, sum * share, lanes);
    });
}

template <class Size>
void average_pool_gradient_of(const Pooling& p, Size size, const float* output_gradient, float* input_gradient) {
    const std::ptrdiff_t channels = p.input.channels;
    const std::ptrdiff_t row = p.input.width * channels;
    const float share = 1.0F / static_cast<float>(p.size * p.size);
    for_each_window(p, [&](std::ptrdiff_t window, std::ptrdiff_t cell, auto lanes) {
        const Floats value = simd::load_lanes(output_gradient + cell, lanes) * share;
        for (int y = 0; y < size; ++y) {
            for (int x = 0; x < size; ++x) simd::store_lanes(input_gradient + window + y * row + x * channels, value, lanes);
        }
    });
}

}  // namespace

void max_pool(const Pooling& p, const float* input, float* output) {
    with_size(p, [&](auto size) { max_pool_of(p, size, input, output); });
}

void max_pool_gradient(const Pooling& p, const float* input, const float* output, const float* output_gradient,
                       float* input_gradient) {
    with_size(p, [&](auto size) { max_pool_gradient_of(p, size, input, output, output_gradient, input_gradient); });
    clear_borders(p, input_gradient);
}

void average_pool(const Pooling& p, const float* input, float* output) {
    with_size(p, [&](auto size) { average_pool_of(p, size, input, output); });
}

void average_pool_gradient(const Pooling& p, const float* output_gradient, float* input_gradient) {
    with_size(p, [&](auto size) { average_pool_gradient_of(p, size, output_gradient, input_gradient); });
    clear_borders(p, input_gradient);
}

}  // namespace digitlab
