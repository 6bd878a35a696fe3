#pragma once

#include "nn/kernels/pooling.h"
#include "nn/layers/folded_layer.h"

namespace digitlab {

/// The largest value or the mean of each window.
class PoolingLayer : public FoldedLayer {
   public:
    PoolingLayer(Shape input, Shape output, const LayerSpec& spec, int capacity, const BatchContext& context);

    std::string layer_type() const override { return takes_largest_ ? "max-pool" : "average-pool"; }
    void forward_propagation(const Tensors& in_data, Tensors& out_data) override;
    void back_propagation(const Tensors& in_data, const Tensors& out_data, Tensors& out_grad, Tensors& in_grad) override;

   private:
    /// Calls work(first value of the input, of the output) for each image, in parallel.
    template <class Work>
    void for_each_image(Work&& work);

    Pooling pooling_;
    bool takes_largest_;
};

}  // namespace digitlab
