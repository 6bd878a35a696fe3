#include "nn/layers/convolution_layer.h"

namespace digitlab {

using tiny_dnn::serial_size_t;
using tiny_dnn::vector_type;

ConvolutionLayer::ConvolutionLayer(Shape input, Shape output, const LayerSpec& spec, int capacity, const BatchContext& context)
    : FoldedLayer(input, output, capacity, context, {vector_type::data, vector_type::weight, vector_type::bias}),
      convolution_{input, output, spec.kernel, spec.padding, spec.activation} {}

std::vector<tiny_dnn::shape3d> ConvolutionLayer::in_shape() const {
    const auto outputs = static_cast<serial_size_t>(output_.channels);
    return {folded(input_), {outputs, fan_in_size(), 1}, {outputs, 1, 1}};
}

serial_size_t ConvolutionLayer::fan_in_size() const {
    return static_cast<serial_size_t>(convolution_.kernel * convolution_.kernel * input_.channels);
}

serial_size_t ConvolutionLayer::fan_out_size() const {
    return static_cast<serial_size_t>(convolution_.kernel * convolution_.kernel * output_.channels);
}

std::vector<ParameterInfo> ConvolutionLayer::parameter_infos() const {
    return {{"weight", {convolution_.kernel, convolution_.kernel, input_.channels, output_.channels}},
            {"bias", {output_.channels}}};
}

}  // namespace digitlab
