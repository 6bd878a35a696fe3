#pragma once

#include "nn/layers/convolution_layer.h"

namespace digitlab {

/// Convolution of any kernel as a matrix product, with the activation fused.
class DirectConvolutionLayer : public ConvolutionLayer {
   public:
    DirectConvolutionLayer(Shape input, Shape output, const LayerSpec& spec, int capacity, const BatchContext& context);

    void prepare_training() override;
    void forward_propagation(const Tensors& in_data, Tensors& out_data) override;
    void back_propagation(const Tensors& in_data, const Tensors& out_data, Tensors& out_grad, Tensors& in_grad) override;

   private:
    struct Shard {
        tiny_dnn::vec_t padded_input, padded_gradient, weights, bias;
    };

    tiny_dnn::vec_t packed_weights_, packed_backward_weights_, padded_bias_;
    std::vector<Shard> shards_;
};

}  // namespace digitlab
