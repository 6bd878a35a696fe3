#pragma once

#include <algorithm>

#include "nn/kernels/convolution.h"
#include "nn/layers/folded_layer.h"

namespace digitlab {

/// What all convolution algorithms share. Every shard of the batch has its own weight gradients.
class ConvolutionLayer : public FoldedLayer {
   public:
    std::vector<tiny_dnn::shape3d> in_shape() const override;
    std::string layer_type() const override { return "conv"; }
    tiny_dnn::serial_size_t fan_in_size() const override;
    tiny_dnn::serial_size_t fan_out_size() const override;
    std::vector<ParameterInfo> parameter_infos() const override;

   protected:
    ConvolutionLayer(Shape input, Shape output, const LayerSpec& spec, int capacity, const BatchContext& context);

    int shards() const { return std::min(rows(), shard_limit_); }

    Convolution convolution_;
    int shard_limit_ = most_shards;  ///< depends only on the layer
};

/// to(i) = sum over shards of from(shard)(i), in order, for i in [first, last). `from(shard)` returns an array.
template <class From>
void add_up_shards(int shards, From&& from, std::size_t first, std::size_t last, float* to) {
    std::copy(from(0) + first, from(0) + last, to + first);
    for (int shard = 1; shard < shards; ++shard) {
        const float* values = from(shard);
        for (std::size_t i = first; i < last; ++i) to[i] += values[i];
    }
}

}  // namespace digitlab
