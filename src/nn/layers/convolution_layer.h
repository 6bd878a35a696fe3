#pragma once

#include <algorithm>

#include "nn/kernels/convolution.h"
#include "nn/layers/folded_layer.h"

namespace digitlab {

/// What all ways of computing a convolution share. The batch is cut into a fixed number of shards, each with weight gradients
/// of its own that are added in order, so that the sums do not depend on the number of threads.
class ConvolutionLayer : public FoldedLayer {
   public:
    static constexpr int most_shards = 16;

    std::vector<tiny_dnn::shape3d> in_shape() const override;
    std::string layer_type() const override { return "conv"; }
    tiny_dnn::serial_size_t fan_in_size() const override;
    tiny_dnn::serial_size_t fan_out_size() const override;
    std::vector<ParameterInfo> parameter_infos() const override;

   protected:
    ConvolutionLayer(Shape input, Shape output, const LayerSpec& spec, int capacity, const BatchContext& context);

    int shards() const { return std::min(rows(), shard_limit_); }
    /// Calls work(shard, first image, last image) in parallel.
    template <class Work>
    void for_each_shard(Work&& work) {
        const int images = rows(), all = shards();
        pool().run(all,
                   [&](int shard) { work(static_cast<std::size_t>(shard), images * shard / all, images * (shard + 1) / all); });
    }

    Convolution convolution_;
    int shard_limit_ = most_shards;  ///< depends on the layer alone
};

/// to(i) = sum over shards of from(shard)(i), in order, for i in [first, last). `from(shard)` gives an array.
template <class From>
void add_up_shards(int shards, From&& from, std::size_t first, std::size_t last, float* to) {
    std::copy(from(0) + first, from(0) + last, to + first);
    for (int shard = 1; shard < shards; ++shard) {
        const float* values = from(shard);
        for (std::size_t i = first; i < last; ++i) to[i] += values[i];
    }
}

}  // namespace digitlab
