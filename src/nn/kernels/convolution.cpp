#include "nn/kernels/convolution.h"

#include <algorithm>
#include <cstring>

#include "nn/kernels/activation.h"
#include "nn/kernels/matrix.h"
#include "nn/kernels/simd.h"

namespace digitlab {

namespace {

std::size_t product(int a, int b, int c = 1, int d = 1) {
    return static_cast<std::size_t>(a) * static_cast<std::size_t>(b) * static_cast<std::size_t>(c) *
           static_cast<std::size_t>(d);
}

/// Returns the image inside its border of zeros, or the image itself if there is no padding.
const float* with_padding(const Convolution& c, const float* input, float* padded_input) {
    if (c.padding == 0) return input;
    const std::size_t row = product(c.input.width, c.input.channels);
    float* to = padded_input + product(c.padding, c.padded_width() + 1, c.input.channels);
    for (int y = 0; y < c.input.height; ++y) {
        std::memcpy(to, input, row * sizeof(float));
        input += row;
        to += product(c.padded_width(), c.input.channels);
    }
    return padded_input;
}

/// Writes the gradient before the activation inside its border, with padded channels; returns its first pixel. The border's
/// pixels and the padding channels are zero and stay zero.
float* pad_gradient(const Convolution& c, int border, const float* output, const float* output_gradient, float* padded) {
    const int channels = c.output.channels;
    const int padded_channels = simd::padded(channels);
    const std::size_t padded_row = product(c.output.width + 2 * border, padded_channels);
    float* first = padded + static_cast<std::size_t>(border) * padded_row + product(border, padded_channels);
    // Rows without channel padding are copied at once, others pixel by pixel.
    const bool whole_rows = channels == padded_channels;
    const int pieces = whole_rows ? 1 : c.output.width;
    const std::size_t piece = whole_rows ? product(c.output.width, channels) : static_cast<std::size_t>(channels);
    for (int y = 0; y < c.output.height; ++y) {
        float* to = first + static_cast<std::size_t>(y) * padded_row;
        for (int i = 0; i < pieces; ++i, to += padded_channels, output += piece, output_gradient += piece) {
            activation_gradient(c.activation, output, output_gradient, to, piece);
        }
    }
    return first;
}

void sum_over_pixels(const Convolution& c, const float* gradient, std::size_t row, float* sums, bool accumulate) {
    const int channels = simd::padded(c.output.channels);
    for (int channel = 0; channel < channels; channel += simd::width) {
        simd::Floats sum = accumulate ? simd::load(sums + channel) : simd::Floats{};
        for (int y = 0; y < c.output.height; ++y) {
            const float* from = gradient + static_cast<std::size_t>(y) * row + channel;
            for (int x = 0; x < c.output.width; ++x, from += channels) sum = sum + simd::load(from);
        }
        simd::store(sums + channel, sum);
    }
}

}  // namespace

std::size_t Convolution::weight_count() const { return product(kernel, kernel, input.channels, output.channels); }
std::size_t Convolution::packed_weight_count() const {
    return product(kernel, kernel, input.channels, simd::padded(output.channels));
}
std::size_t Convolution::packed_backward_weight_count() const {
    return product(kernel, kernel, simd::padded(output.channels), simd::padded(input.channels));
}
std::size_t Convolution::padded_input_count() const {
    return padding == 0 ? 0 : product(padded_height(), padded_width(), input.channels);
}
std::size_t Convolution::padded_gradient_count() const {
    const int border = gradient_border();
    return product(output.height + 2 * border, output.width + 2 * border, simd::padded(output.channels));
}

void pack_weights(const Convolution& c, const float* weights, float* packed) {
    pad_rows(weights, c.kernel * c.kernel * c.input.channels, c.output.channels, packed);
}

void pack_backward_weights(const Convolution& c, const float* weights, float* packed) {
    const int in = c.input.channels, out = c.output.channels;
    const int padded_in = simd::padded(in);
    const std::size_t tap = product(in, out), packed_tap = product(simd::padded(out), padded_in);
    const int taps = c.kernel * c.kernel;
    if (in != padded_in || out != simd::padded(out)) std::fill(packed, packed + c.packed_backward_weight_count(), 0.0F);
    for (int i = 0; i < taps; ++i) {
        transpose(weights + static_cast<std::size_t>(taps - 1 - i) * tap, out, in, out,
                  packed + static_cast<std::size_t>(i) * packed_tap, padded_in);
    }
}

void convolve(const Convolution& c, const float* input, const float* packed, const float* bias, float* padded_input,
              float* output) {
    const int in = c.input.channels, out = c.output.channels;
    MatrixProduct p;
    p.a = with_padding(c, input, padded_input);
    p.a_row = in;
    p.a_group = p.a_segment = static_cast<std::ptrdiff_t>(c.padded_width()) * in;
    p.a_step = 1;
    p.b = packed;
    p.b_step = simd::padded(out);
    p.b_segment = p.b_step * c.kernel * in;
    p.c = output;
    p.c_row = out;
    p.c_group = static_cast<std::ptrdiff_t>(c.output.width) * out;
    p.groups = c.output.height;
    p.rows = c.output.width;
    p.columns = out;
    p.segments = c.kernel;
    p.steps = c.kernel * in;
    p.bias = bias;
    p.relu = c.activation == Activation::relu;
    multiply(p);
    if (!p.relu) apply_activation(c.activation, output, c.output.size());
}

void convolve_backward(const Convolution& c, const float* input, const float* packed_backward, const float* output,
                       const float* output_gradient, const ConvolutionGradients& gradients) {
    const int in = c.input.channels, out = c.output.channels;
    const int border = gradients.input ? c.gradient_border() : 0;
    const int padded_out = simd::padded(out);
    const auto gradient_row = static_cast<std::ptrdiff_t>(c.output.width + 2 * border) * padded_out;
    const float* gradient = pad_gradient(c, border, output, output_gradient, gradients.padded_gradient);
    sum_over_pixels(c, gradient, static_cast<std::size_t>(gradient_row), gradients.bias, gradients.accumulate);

    // One group per kernel row: each weight is a sum over the output's pixels.
    MatrixProduct p;
    p.a = with_padding(c, input, gradients.padded_input);
    p.a_row = 1;
    p.a_step = in;
    p.a_group = p.a_segment = static_cast<std::ptrdiff_t>(c.padded_width()) * in;
    p.b = gradient;
    p.b_step = padded_out;
    p.b_segment = gradient_row;
    p.c = gradients.weights;
    p.c_row = out;
    p.c_group = static_cast<std::ptrdiff_t>(c.kernel) * in * out;
    p.groups = c.kernel;
    p.rows = c.kernel * in;
    p.columns = out;
    p.segments = c.output.height;
    p.steps = c.output.width;
    p.accumulate = gradients.accumulate;
    multiply(p);
    if (!gradients.input) return;

    MatrixProduct q;
    q.a = gradients.padded_gradient;
    q.a_row = padded_out;
    q.a_group = q.a_segment = gradient_row;
    q.a_step = 1;
    q.b = packed_backward;
    q.b_step = simd::padded(in);
    q.b_segment = q.b_step * c.kernel * padded_out;
    q.c = gradients.input;
    q.c_row = in;
    q.c_group = static_cast<std::ptrdiff_t>(c.input.width) * in;
    q.groups = c.input.height;
    q.rows = c.input.width;
    q.columns = in;
    q.segments = c.kernel;
    q.steps = c.kernel * padded_out;
    multiply(q);
}

}  // namespace digitlab
