#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/json.h"
#include "base/result.h"
#include "nn/network.h"

namespace digitlab {

/// Weights and architecture: all that inference needs.
struct Model {
    /// In the order of PyTorch and ONNX, not of the network: conv (OC, IC, KH, KW), dense (OUT, IN).
    struct Tensor {
        std::string name;
        std::vector<int> shape;
        std::vector<float> values;
    };
    Architecture architecture;
    std::vector<Tensor> tensors;
    Json notes = Json::object();  ///< anything worth keeping: run id, accuracy, class names
};

/// Copies a network's weights.
Model model_from_network(const Network& network);

/// Creates a network for inference with the model's weights. Fails with "bad-model" if tensors and architecture do not match.
Result<Network> network_from_model(const Model& model, int batch_capacity, ThreadPool& pool);

/// Sets the model's weights in a network of any capacity and use. Fails with "bad-model" if tensors and network do not match.
Status set_weights(Network& network, const Model& model);
/// The same for all layers except the last, which keeps its weights: for a network that will learn other classes.
Status set_weights_below_last_layer(Network& network, const Model& model);

/// How weights are stored. half: tensors of two or more dimensions as IEEE 754 binary16, rounded to nearest; vectors (biases,
/// statistics), a thousandth of the file, stay in single precision.
enum class Precision { half, single };

/// Rounds the weights as a file of half precision does, so that the model gives the same answers before and after saving.
Model half_precision(Model model);

/// File format, all little-endian: "DGLB", u32 version (1; 2 with half precision), u32 length and UTF-8 JSON {architecture,
/// tensors: [{name, shape, type: "float32" or "float16"}], notes}, zero padding to a multiple of 8, the tensors' values one
/// after the other, u32 CRC-32 of all before it.
Bytes encode_model(const Model& model, Precision precision = Precision::single);

/// The first 16 hexadecimal digits of the SHA-256 of all values in order, as little-endian float32: equal only for equal
/// weights.
std::string weights_hash(const Model& model);

/// Never crashes, hangs or allocates more than the input justifies. Fails with "bad-model"; the message says whether the file
/// is not a model, of a newer version, truncated or damaged.
Result<Model> decode_model(std::span<const std::uint8_t> bytes);

}  // namespace digitlab
