#include "nn/layers/make_layers.h"

#include "nn/layers/convolution_layer.h"
#include "nn/layers/dense_layer.h"
#include "nn/layers/dropout_layer.h"
#include "nn/layers/initialiser.h"
#include "nn/layers/pooling_layer.h"

namespace digitlab {

namespace {

std::unique_ptr<FoldedLayer> make_layer(const LayerSpec& spec, int position, Shape input, Shape output, int capacity,
                                        const BatchContext& context) {
    switch (spec.kind) {
        case LayerKind::convolution: return std::make_unique<ConvolutionLayer>(input, output, spec, capacity, context);
        case LayerKind::max_pool:
        case LayerKind::average_pool: return std::make_unique<PoolingLayer>(input, output, spec, capacity, context);
        case LayerKind::dense: return std::make_unique<DenseLayer>(input, output, spec.activation, capacity, context);
        case LayerKind::dropout: return std::make_unique<DropoutLayer>(input, spec.rate, position, capacity, context);
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
        input = shapes[i].output;
    }
    layers.front()->skip_input_gradient();
    // connect() also allocates a layer's output, but not the last one's, and draws weights; those are drawn anew by seed.
    for (std::size_t i = 1; i < layers.size(); ++i) tiny_dnn::connect(layers[i - 1].get(), layers[i].get());
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
    }
}

}  // namespace digitlab
