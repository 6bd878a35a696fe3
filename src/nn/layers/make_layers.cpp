#include "nn/layers/make_layers.h"

#include "nn/layers/add_layer.h"
#include "nn/layers/batch_norm_layer.h"
#include "nn/layers/dense_layer.h"
#include "nn/layers/direct_convolution_layer.h"
#include "nn/layers/dropout_layer.h"
#include "nn/layers/initialiser.h"
#include "nn/layers/pooling_layer.h"
#include "nn/layers/winograd_layer.h"

namespace digitlab {

namespace {

std::unique_ptr<FoldedLayer> make_layer(const LayerSpec& spec, int position, Shape input, Shape output, int capacity,
                                        const BatchContext& context) {
    switch (spec.kind) {
        case LayerKind::convolution:
            if (Winograd::suits({input, output, spec.kernel, spec.padding, spec.activation})) {
                return std::make_unique<WinogradLayer>(input, output, spec, capacity, context);
            }
            return std::make_unique<DirectConvolutionLayer>(input, output, spec, capacity, context);
        case LayerKind::max_pool:
        case LayerKind::average_pool: return std::make_unique<PoolingLayer>(input, output, spec, capacity, context);
        case LayerKind::dense: return std::make_unique<DenseLayer>(input, output, spec.activation, capacity, context);
        case LayerKind::dropout: return std::make_unique<DropoutLayer>(input, spec.rate, position, capacity, context);
        case LayerKind::batch_norm: return std::make_unique<BatchNormLayer>(input, spec.activation, capacity, context);
        case LayerKind::add: return std::make_unique<AddLayer>(input, spec.activation, capacity, context);
    }
    return nullptr;
}

bool is_rectifier(Activation activation) { return activation == Activation::relu || activation == Activation::leaky_relu; }

}  // namespace

std::vector<std::unique_ptr<FoldedLayer>> make_layers(const Architecture& architecture, const std::vector<LayerShape>& shapes,
                                                      int capacity, const BatchContext& context) {
    std::vector<std::unique_ptr<FoldedLayer>> layers;
    Shape input;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        layers.push_back(make_layer(architecture.layers[i], static_cast<int>(i), input, shapes[i].output, capacity, context));
        // tiny-dnn's default initialiser draws from one global generator, which threads must not share.
        layers.back()->weight_init(tiny_dnn::weight_init::constant(0));
        input = shapes[i].output;
    }
    layers.front()->skip_input_gradient();
    // connect() also allocates the outputs of all layers but the last and clears weights; `initialise_layers` draws them.
    for (std::size_t i = 1; i < layers.size(); ++i) {
        tiny_dnn::connect(layers[i - 1].get(), layers[i].get());
        const LayerSpec& spec = architecture.layers[i];
        if (spec.kind == LayerKind::add) {
            tiny_dnn::connect(layers[static_cast<std::size_t>(spec.from) - 1].get(), layers[i].get(), 0, 1);
        }
    }
    return layers;
}

void initialise_layers(const Architecture& architecture, const std::vector<std::unique_ptr<FoldedLayer>>& layers,
                       std::uint64_t seed) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const auto stream = static_cast<std::uint32_t>(i);
        if (is_rectifier(architecture.layers[i].activation)) {
            layers[i]->weight_init(HeInitialiser(seed, stream));
        } else {
            layers[i]->weight_init(GlorotInitialiser(seed, stream));
        }
        layers[i]->setup(true);
        layers[i]->initialise();
    }
}

}  // namespace digitlab
