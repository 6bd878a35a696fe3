#pragma once

#include "nn/layers/folded_layer.h"

namespace digitlab {

/// The sum of two layers' outputs with the activation fused, for residual networks (He et al., 2016). Both inputs have the same
/// gradient. It is written to the first one; the second input has other readers, to whose gradient the network adds it
/// (`Network` in network.cpp).
class AddLayer : public FoldedLayer {
   public:
    AddLayer(Shape shape, Activation activation, int capacity, const BatchContext& context);

    std::vector<tiny_dnn::shape3d> in_shape() const override { return {folded(input_), folded(input_)}; }
    std::string layer_type() const override { return "add"; }
    void prepare_training() override { gradient_.resize(static_cast<std::size_t>(capacity_) * input_.size()); }
    void forward_propagation(const Tensors& in_data, Tensors& out_data) override;
    void back_propagation(const Tensors& in_data, const Tensors& out_data, Tensors& out_grad, Tensors& in_grad) override;

    /// Adds the gradient of the last back_propagation to that of the second input.
    void add_second_gradient(float* gradient);

   private:
    Activation activation_;
    tiny_dnn::vec_t gradient_;
};

}  // namespace digitlab
