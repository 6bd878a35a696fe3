#include "nn/layers/dense_layer.h"

namespace digitlab {

using tiny_dnn::vector_type;

DenseLayer::DenseLayer(Shape input, Shape output, Activation activation, int capacity, const BatchContext& context)
    : FoldedLayer(input, output, capacity, context, {vector_type::data, vector_type::weight, vector_type::bias}),
      dense_{static_cast<int>(input.size()), output.channels, activation},
      packed_weights_(dense_.packed_weight_count()),
      partial_sums_(dense_.partial_sum_count(capacity)) {}

std::vector<tiny_dnn::shape3d> DenseLayer::in_shape() const {
    return {folded(input_), {fan_out_size(), fan_in_size(), 1}, {fan_out_size(), 1, 1}};
}

void DenseLayer::prepare_training() { padded_gradient_.resize(dense_.padded_gradient_count(capacity_)); }

std::vector<ParameterInfo> DenseLayer::parameter_infos() const {
    return {{"weight", {input_.height, input_.width, input_.channels, dense_.outputs}}, {"bias", {dense_.outputs}}};
}

void DenseLayer::forward_propagation(const Tensors& in_data, Tensors& out_data) {
    dense_forward(dense_, rows(), values(in_data, 0), values(in_data, 1), values(in_data, 2), packed_weights_.data(),
                  partial_sums_.data(), values(out_data, 0), pool());
}

void DenseLayer::back_propagation(const Tensors& in_data, const Tensors& out_data, Tensors& out_grad, Tensors& in_grad) {
    const DenseGradients gradients = {padded_gradient_.data(), values(in_grad, 1), values(in_grad, 2),
                                      needs_input_gradient_ ? values(in_grad, 0) : nullptr};
    dense_backward(dense_, rows(), values(in_data, 0), values(in_data, 1), values(out_data, 0), values(out_grad, 0), gradients,
                   pool());
}

}  // namespace digitlab
