#pragma once

#include "nn/kernels/dense.h"
#include "nn/layers/folded_layer.h"

namespace digitlab {

/// A dense layer with the activation fused.
class DenseLayer : public FoldedLayer {
   public:
    DenseLayer(Shape input, Shape output, Activation activation, int capacity, const BatchContext& context);

    std::vector<tiny_dnn::shape3d> in_shape() const override;
    std::string layer_type() const override { return "dense"; }
    tiny_dnn::serial_size_t fan_in_size() const override { return static_cast<tiny_dnn::serial_size_t>(dense_.inputs); }
    tiny_dnn::serial_size_t fan_out_size() const override { return static_cast<tiny_dnn::serial_size_t>(dense_.outputs); }

    void prepare_training() override;
    std::vector<ParameterInfo> parameter_infos() const override;
    void forward_propagation(const Tensors& in_data, Tensors& out_data) override;
    void back_propagation(const Tensors& in_data, const Tensors& out_data, Tensors& out_grad, Tensors& in_grad) override;

   private:
    Dense dense_;
    tiny_dnn::vec_t packed_weights_, partial_sums_, padded_gradient_;
};

}  // namespace digitlab
