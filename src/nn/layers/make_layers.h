#pragma once

#include <memory>
#include <vector>

#include "nn/layers/folded_layer.h"

namespace digitlab {

/// The layers of an architecture, connected into a tiny-dnn graph. `shapes` come from infer_shapes. `context` must
/// outlive them.
std::vector<std::unique_ptr<FoldedLayer>> make_layers(const Architecture& architecture, const std::vector<LayerShape>& shapes,
                                                      int capacity, const BatchContext& context);

/// Draws new weights: He for layers followed by a rectifier, Glorot for the rest; sets biases to zero.
void initialise_layers(const Architecture& architecture, const std::vector<std::unique_ptr<FoldedLayer>>& layers,
                       std::uint64_t seed);

}  // namespace digitlab
