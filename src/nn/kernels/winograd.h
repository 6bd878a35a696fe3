#pragma once

#include <cstddef>

#include "nn/kernels/convolution.h"

/// Convolution with 3 x 3 kernels by Winograd's F(4 x 4, 3 x 3) (Lavin and Gray, "Fast algorithms for convolutional neural
/// networks", CVPR 2016), which computes 4 x 4 outputs with 36 multiplications instead of 144. Images are divided into tiles of
/// 6 x 6 that overlap by 2; tiles, kernels and gradients are each transformed to 36 points, and at each point the channels of
/// all tiles form one matrix product.
///
/// With Y = A'[U * V]A, U = G w G' and V = B' x B, the backward transforms are the transposes: the gradient W = A dY A' gives
/// dU = V' W (summed over tiles), dw = G' dU G and dx = B [W U'] B'.
namespace digitlab {

class Winograd {
   public:
    static constexpr int points = 36;

    /// Whether this algorithm applies and is faster than the direct one.
    static bool suits(const Convolution& convolution);

    explicit Winograd(const Convolution& convolution);

    // Sizes in floats.
    std::size_t weight_count() const;           ///< (points, input channels, padded output channels), points a cache line apart
    std::size_t backward_weight_count() const;  ///< (points, output channels, padded input channels)
    std::size_t forward_scratch_count() const;
    std::size_t backward_scratch_count() const;

    /// Computes U for all input channels in [first, last); `weights` is (3, 3, input channels, output channels).
    void transform_weights(const float* weights, int first, int last, float* transformed) const;
    /// Transposes the transformed weights for the backward pass, for points in [first, last).
    void transpose_weights(const float* transformed, int first, int last, float* transposed) const;

    /// output = activation(input * weights + bias) for some images. `bias` must be readable up to simd::padded(output
    /// channels). `scratch` may hold anything.
    void forward(int images, const float* input, const float* transformed, const float* bias, float* scratch,
                 float* output) const;

    /// `weight_gradient` is dU, of weight_count() floats. It and `bias_gradient` are overwritten.
    void backward(int images, const float* input, const float* transposed, const float* output, const float* output_gradient,
                  float* scratch, float* weight_gradient, float* bias_gradient, float* input_gradient) const;

    /// Computes dw from dU for input channels in [first, last).
    void transform_weight_gradient(const float* transformed, int first, int last, float* weights) const;

   private:
    struct Chunk;
    int tiles_per_image() const { return tile_rows_ * tile_columns_; }
    Chunk chunk_at(int first, int all) const;
    template <class Visit>
    void for_each_tile(const Chunk& chunk, Visit&& visit) const;

    void transform_input(const Chunk& chunk, const float* input, float* padded_image, float* v) const;
    void transform_output(const Chunk& chunk, const float* m, const float* bias, float* output) const;
    void transform_gradient(const Chunk& chunk, const float* output, const float* output_gradient, float* padded_gradient,
                            float* bias_gradient, float* w) const;
    void add_input_gradient(const Chunk& chunk, const float* v, float* padded_image, float* input_gradient) const;

    Convolution convolution_;
    int tile_rows_, tile_columns_;  ///< tiles in an image
    int padded_height_, padded_width_;
    int chunk_tiles_;     ///< tiles transformed at a time, so that they stay in the second-level cache
    bool needs_padding_;  ///< false if the tiles cover the image exactly
    std::size_t in_, out_, padded_in_, padded_out_;
};

}  // namespace digitlab
