#pragma once

#include "nn/layers/folded_layer.h"

namespace digitlab {

/// Batch normalisation with the activation fused: uses the mean and variance of the batch while training, and the running ones
/// otherwise. Inputs after the data: weight, bias, running mean, running variance. As in convolutions, sums are computed per
/// shard of the batch and added in order.
class BatchNormLayer : public FoldedLayer {
   public:
    BatchNormLayer(Shape shape, Activation activation, int capacity, const BatchContext& context);

    std::vector<tiny_dnn::shape3d> in_shape() const override;
    std::string layer_type() const override { return "batch-norm"; }

    void prepare_training() override;
    std::vector<ParameterInfo> parameter_infos() const override;
    void initialise() override;
    void forward_propagation(const Tensors& in_data, Tensors& out_data) override;
    void back_propagation(const Tensors& in_data, const Tensors& out_data, Tensors& out_grad, Tensors& in_grad) override;

   private:
    std::size_t pixels_per_image() const { return static_cast<std::size_t>(input_.height * input_.width); }
    /// Calls work(shard, first value, pixels) in parallel.
    template <class Work>
    void for_each_shard(Work&& work);
    /// result(channel) = the shards' sums, added in order, divided by the number of pixels.
    void mean_of_shards(const tiny_dnn::vec_t& sums, tiny_dnn::vec_t& result) const;
    void measure_batch(const Tensors& in_data);
    void set_scale_and_shift(const float* weight, const float* bias, const float* mean, const float* variance);

    Activation activation_;
    std::size_t channels_;
    int shards_;
    tiny_dnn::vec_t scale_, shift_;                        ///< of the current pass
    tiny_dnn::vec_t mean_, variance_, inverse_deviation_;  ///< of the batch
    tiny_dnn::vec_t sums_, normalised_sums_;               ///< (shards, channels)
    tiny_dnn::vec_t mean_gradient_, mean_normalised_gradient_;
    tiny_dnn::vec_t own_gradient_;  ///< used if the input's gradient is not needed
};

}  // namespace digitlab
