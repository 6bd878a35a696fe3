#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace digitlab {

enum class Activation { none, relu, leaky_relu, tanh, sigmoid };

enum class LayerKind { convolution, max_pool, average_pool, dense, dropout, batch_norm, add };

/// One layer as users describe it. JSON: {"type": "conv", "filters": 32, "kernel": 3, "padding": 0,
/// "activation": "relu"}, {"type": "max-pool", "size": 2}, {"type": "dense", "units": 64, "activation": "relu"},
/// {"type": "dropout", "rate": 0.5}, {"type": "batch-norm", "activation": "relu"}, {"type": "add", "from": 3,
/// "activation": "relu"}. Unused fields keep their defaults and are left out of the JSON.
struct LayerSpec {
    LayerKind kind = LayerKind::dense;
    int units = 0;      ///< dense: outputs; convolution: filters
    int kernel = 3;     ///< convolution: side of the square kernel; stride is 1
    int padding = 0;    ///< convolution: zeros added on each side
    int pool = 2;       ///< pooling: side and stride of the square window
    float rate = 0.5F;  ///< dropout: share of inputs set to zero while training
    int from = 0;       ///< add: number, from 1, of the layer whose output is added to this layer's input
    Activation activation = Activation::none;  ///< dense, convolution, batch normalisation and add

    bool operator==(const LayerSpec&) const = default;
};

/// A network as a list of layers from a 1×28×28 input to the logits: the last layer is dense, without activation, and
/// has one output per class.
struct Architecture {
    std::string id;           ///< "small-cnn"; used in models, file names and on the command line
    std::string title;        ///< "Small CNN"; the name to show
    std::string description;  ///< one plain sentence
    std::vector<LayerSpec> layers;

    bool operator==(const Architecture&) const = default;
};

struct Shape {
    int channels = 1, height = 28, width = 28;
    std::size_t size() const {
        return static_cast<std::size_t>(channels) * static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
    }
    bool operator==(const Shape&) const = default;
};

/// The shape of a layer's output, and what the layer costs.
struct LayerShape {
    Shape output;
    std::size_t parameters = 0;     ///< trained only, without the means and variances of batch normalisation
    std::size_t forward_flops = 0;  ///< per image; a multiply and an add count as two
};

/// The shape and cost of each layer. Fails with "bad-architecture"; the message names the first layer that does not fit.
Result<std::vector<LayerShape>> infer_shapes(const Architecture& architecture);

std::size_t parameter_count(const Architecture& architecture);

/// The architectures that users can choose, in the order in which they are offered.
const std::vector<Architecture>& catalogue();

/// Fails with "unknown-architecture"; the message lists the known ids.
Result<Architecture> find_architecture(const std::string& id);

/// The same network with `classes` outputs.
Architecture with_classes(Architecture architecture, int classes);

Json to_json(const Architecture& architecture);
Result<Architecture> architecture_from_json(const Json& json);

}  // namespace digitlab
