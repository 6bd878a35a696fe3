#pragma once

#include "nn/kernels/convolution.h"
#include "nn/layers/folded_layer.h"

namespace digitlab {

/// Convolution with the activation fused. The batch is cut into a fixed number of shards, each with weight gradients of its
/// own that are added in order, so that the sums do not depend on the number of threads.
class ConvolutionLayer : public FoldedLayer {
   public:
    ConvolutionLayer(Shape input, Shape output, const LayerSpec& spec, int capacity, const BatchContext& context);

    std::vector<tiny_dnn::shape3d> in_shape() const override;
    std::string layer_type() const override { return "conv"; }
    tiny_dnn::serial_size_t fan_in_size() const override;
    tiny_dnn::serial_size_t fan_out_size() const override;

    void prepare_training() override;
    std::vector<ParameterInfo> parameter_infos() const override;
    void forward_propagation(const Tensors& in_data, Tensors& out_data) override;
    void back_propagation(const Tensors& in_data, const Tensors& out_data, Tensors& out_grad, Tensors& in_grad) override;

   private:
    struct Shard {
        tiny_dnn::vec_t padded_input, padded_gradient, weights, bias;
    };
    /// Calls work(shard, image, first image of the shard?) for all images, in parallel over shards.
    template <class Work>
    void for_each_image(Work&& work);
    void add_up_shards(float* weights, float* bias);

    Convolution convolution_;
    tiny_dnn::vec_t packed_weights_, packed_backward_weights_, padded_bias_;
    std::vector<Shard> shards_;
};

}  // namespace digitlab
