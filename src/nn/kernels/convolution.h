#pragma once

#include <cstddef>

#include "nn/architecture.h"

/// Convolution of one image (stride 1, square kernel, channels last) as one matrix product whose left side is read in place
/// under the moving window: no patch is ever copied.
///
/// Weights are (kernel y, kernel x, input channel, output channel).
namespace digitlab {

struct Convolution {
    Shape input, output;
    int kernel = 3;
    int padding = 0;
    Activation activation = Activation::none;

    int padded_width() const { return input.width + 2 * padding; }
    int padded_height() const { return input.height + 2 * padding; }
    /// The width of the zeros around the output's gradient with which the kernel reaches every input: a "full" convolution.
    int gradient_border() const { return kernel - 1 - padding; }

    // Sizes, in floats, of the buffers for the functions below.
    std::size_t weight_count() const;
    std::size_t packed_weight_count() const;           ///< (kernel, kernel, input channels, padded output channels)
    std::size_t packed_backward_weight_count() const;  ///< (kernel, kernel, padded output channels, padded input channels)
    std::size_t padded_input_count() const;            ///< 0 without padding
    std::size_t padded_gradient_count() const;
};

/// Pads rows with zeros to whole vectors.
void pack_weights(const Convolution& convolution, const float* weights, float* packed);
/// Rotates the kernels by 180 degrees and swaps the channels: these weights map the output's gradient to the input's.
void pack_backward_weights(const Convolution& convolution, const float* weights, float* packed);

/// output = activation(input * weights + bias). `bias` must be readable up to simd::padded(output channels). `padded_input` is
/// scratch of padded_input_count() floats, which must all be zero at first.
void convolve(const Convolution& convolution, const float* input, const float* packed, const float* bias, float* padded_input,
              float* output);

/// Where to write the gradients of one image. The scratch buffers must all be zero at first.
struct ConvolutionGradients {
    float* padded_input = nullptr;     ///< scratch
    float* padded_gradient = nullptr;  ///< scratch
    float* weights = nullptr;          ///< (kernel, kernel, input channels, output channels)
    float* bias = nullptr;             ///< padded output channels
    float* input = nullptr;            ///< the input's gradient; null if not needed
    bool accumulate = false;           ///< add to `weights` and `bias` instead of overwriting them
};

void convolve_backward(const Convolution& convolution, const float* input, const float* packed_backward, const float* output,
                       const float* output_gradient, const ConvolutionGradients& gradients);

}  // namespace digitlab
