#pragma once

#include <cstddef>

#include "nn/kernels/convolution.h"

/// Convolution with 3 x 3 kernels by Winograd's F(4 x 4, 3 x 3) (Lavin and Gray, "Fast algorithms for convolutional neural
/// networks", CVPR 2016): 36 multiplications make 4 x 4 outputs instead of 144. Pictures are cut into tiles of 6 x 6 that
/// overlap by 2; tiles, kernels and gradients are each transformed to 36 points, and at each point the channels of all tiles
/// make one matrix product.
///
/// With Y = A'[U * V]A, U = G w G' and V = B' x B, the ways back are the transposes: the gradient W = A dY A' gives
/// dU = V' W (summed over tiles), dw = G' dU G and dx = B [W U'] B'.
namespace digitlab {

class Winograd {
   public:
    static constexpr int points = 36;

    /// Whether this way is possible and faster than the direct one.
    static bool suits(const Convolution& convolution);

    explicit Winograd(const Convolution& convolution);

    // Sizes in floats.
    std::size_t weight_count() const;           ///< (points, input channels, padded output channels), points a cache line apart
    std::size_t backward_weight_count() const;  ///< (points, output channels, padded input channels)
    std::size_t forward_scratch_count() const;
    std::size_t backward_scratch_count() const;

    /// U of the kernels from all input channels in [first, last); `weights` is (3, 3, input channels, output channels).
    void transform_weights(const float* weights, int first, int last, float* transformed) const;
    /// The same weights for the way back, for points in [first, last).
    void transpose_weights(const float* transformed, int first, int last, float* transposed) const;

    /// output = activation(input * weights + bias) for some images. `bias` is readable to simd::padded(output channels).
    /// `scratch` may hold anything.
    void forward(int images, const float* input, const float* transformed, const float* bias, float* scratch,
                 float* output) const;

    /// `weight_gradient` is dU, weight_count() floats. Both gradients of parameters are overwritten.
    void backward(int images, const float* input, const float* transposed, const float* output, const float* output_gradient,
                  float* scratch, float* weight_gradient, float* bias_gradient, float* input_gradient) const;

    /// dw from dU for input channels in [first, last).
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
    int tile_rows_, tile_columns_;  ///< of an image
    int padded_height_, padded_width_;
    int chunk_tiles_;     ///< transformed at a time, so that they stay in the second-level cache
    bool needs_padding_;  ///< else the tiles cover the picture exactly
    std::size_t in_, out_, padded_in_, padded_out_;
};

}  // namespace digitlab
