#pragma once

#include "nn/kernels/winograd.h"
#include "nn/layers/convolution_layer.h"
#include "nn/layers/scratch_pool.h"

namespace digitlab {

/// Convolution by Winograd's algorithm, for 3 x 3 kernels and enough channels, with the activation fused.
class WinogradLayer : public ConvolutionLayer {
   public:
    WinogradLayer(Shape input, Shape output, const LayerSpec& spec, int capacity, const BatchContext& context);

    void prepare_training() override;
    void forward_propagation(const Tensors& in_data, Tensors& out_data) override;
    void back_propagation(const Tensors& in_data, const Tensors& out_data, Tensors& out_grad, Tensors& in_grad) override;

   private:
    struct ShardGradients {
        tiny_dnn::vec_t weights, bias;
    };
    void add_up_gradients(float* weights, float* bias);

    Winograd winograd_;
    tiny_dnn::vec_t transformed_weights_, transposed_weights_, padded_bias_;
    ScratchPool scratch_;
    std::vector<ShardGradients> gradients_;
};

}  // namespace digitlab
