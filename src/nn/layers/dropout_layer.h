#pragma once

#include "nn/layers/folded_layer.h"

namespace digitlab {

/// Inverted dropout: while training, a random share of the values becomes zero and the rest are scaled up, so that inference
/// needs no change. (tiny-dnn's own layer scales by the wrong factor and ignores it in the backward pass.)
class DropoutLayer : public FoldedLayer {
   public:
    /// `position` in the network distinguishes the masks of several dropout layers.
    DropoutLayer(Shape shape, float rate, int position, int capacity, const BatchContext& context);

    std::string layer_type() const override { return "dropout"; }
    void prepare_training() override;
    void forward_propagation(const Tensors& in_data, Tensors& out_data) override;
    void back_propagation(const Tensors& in_data, const Tensors& out_data, Tensors& out_grad, Tensors& in_grad) override;

   private:
    float rate_;
    int position_;
    tiny_dnn::vec_t mask_;
};

}  // namespace digitlab
