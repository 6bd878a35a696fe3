#include "nn/architecture.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "base/json_reader.h"

namespace digitlab {

namespace {

// Limits that no sensible network for 28×28 images reaches, and that keep all arithmetic far from overflow.
constexpr int most_layers = 64;
constexpr int most_units = 4096;
constexpr int largest_kernel = 28;
constexpr std::size_t most_parameters = 20'000'000;
constexpr std::size_t most_values = 1'000'000;  ///< outputs of one layer for one image

constexpr JsonWord<LayerKind> kinds[] = {
    {LayerKind::convolution, "conv"}, {LayerKind::max_pool, "max-pool"}, {LayerKind::average_pool, "average-pool"},
    {LayerKind::dense, "dense"},      {LayerKind::dropout, "dropout"},   {LayerKind::batch_norm, "batch-norm"},
    {LayerKind::add, "add"}};
constexpr JsonWord<Activation> activations[] = {{Activation::none, "none"},
                                                {Activation::relu, "relu"},
                                                {Activation::leaky_relu, "leaky-relu"},
                                                {Activation::tanh, "tanh"},
                                                {Activation::sigmoid, "sigmoid"}};

std::string name_of(LayerKind kind) { return word_for(kinds, kind); }
std::string name_of(Activation activation) { return word_for(activations, activation); }

tl::unexpected<Error> misfit(std::size_t index, LayerKind kind, const std::string& why) {
    return fail("bad-architecture", "Layer " + std::to_string(index + 1) + " (" + name_of(kind) + ") " + why);
}

std::string in_words(const Shape& shape) {
    return std::to_string(shape.height) + "x" + std::to_string(shape.width) + "x" + std::to_string(shape.channels);
}

bool in_range(int value, int low, int high) { return value >= low && value <= high; }

// --- shapes ------------------------------------------------------------------------------------------------------------

Result<LayerShape> convolution_shape(const LayerSpec& layer, const Shape& input, std::size_t index) {
    if (!in_range(layer.units, 1, most_units)) return misfit(index, layer.kind, "needs 1 to 4096 filters.");
    if (!in_range(layer.kernel, 1, largest_kernel)) return misfit(index, layer.kind, "needs a kernel of 1 to 28.");
    if (!in_range(layer.padding, 0, layer.kernel - 1)) {
        return misfit(index, layer.kind, "may be padded by 0 up to its kernel less one.");
    }
    const Shape output = {layer.units, input.height + 2 * layer.padding - layer.kernel + 1,
                          input.width + 2 * layer.padding - layer.kernel + 1};
    if (output.height < 1 || output.width < 1) {
        return misfit(
            index, layer.kind,
            "has a kernel larger than its " + std::to_string(input.height) + "x" + std::to_string(input.width) + " input.");
    }
    const auto taps = static_cast<std::size_t>(input.channels) * static_cast<std::size_t>(layer.kernel * layer.kernel);
    const auto filters = static_cast<std::size_t>(layer.units);
    return LayerShape{output, filters * (taps + 1), 2 * taps * output.size()};
}

Result<LayerShape> pool_shape(const LayerSpec& layer, const Shape& input, std::size_t index) {
    if (!in_range(layer.pool, 2, 28)) return misfit(index, layer.kind, "needs a window of 2 to 28.");
    const Shape output = {input.channels, input.height / layer.pool, input.width / layer.pool};
    if (output.height < 1 || output.width < 1) {
        return misfit(
            index, layer.kind,
            "has a window larger than its " + std::to_string(input.height) + "x" + std::to_string(input.width) + " input.");
    }
    return LayerShape{output, 0, input.size()};
}

Result<LayerShape> dense_shape(const LayerSpec& layer, const Shape& input, std::size_t index) {
    if (!in_range(layer.units, 1, most_units)) return misfit(index, layer.kind, "needs 1 to 4096 units.");
    const auto units = static_cast<std::size_t>(layer.units);
    return LayerShape{{layer.units, 1, 1}, units * (input.size() + 1), 2 * units * input.size()};
}

Result<LayerShape> dropout_shape(const LayerSpec& layer, const Shape& input, std::size_t index) {
    if (!(layer.rate >= 0 && layer.rate < 1)) return misfit(index, layer.kind, "needs a rate from 0 to below 1.");
    return LayerShape{input, 0, 0};
}

LayerShape batch_norm_shape(const Shape& input) {
    return {input, 2 * static_cast<std::size_t>(input.channels), 2 * input.size()};
}

Result<LayerShape> add_shape(const LayerSpec& layer, const Shape& input, std::span<const LayerShape> before) {
    const std::size_t index = before.size();
    if (layer.from < 1 || static_cast<std::size_t>(layer.from) >= index) {
        return misfit(index, layer.kind, "adds the output of a layer before the previous one; give its number from 1.");
    }
    const Shape& other = before[static_cast<std::size_t>(layer.from) - 1].output;
    if (other != input) {
        return misfit(index, layer.kind,
                      "cannot add layer " + std::to_string(layer.from) + ", which gives " + in_words(other) +
                          ", to its own input of " + in_words(input) + ".");
    }
    return LayerShape{input, 0, input.size()};
}

Result<LayerShape> shape_of(const LayerSpec& layer, const Shape& input, std::span<const LayerShape> before) {
    const std::size_t index = before.size();
    switch (layer.kind) {
        case LayerKind::convolution: return convolution_shape(layer, input, index);
        case LayerKind::max_pool:
        case LayerKind::average_pool: return pool_shape(layer, input, index);
        case LayerKind::dense: return dense_shape(layer, input, index);
        case LayerKind::dropout: return dropout_shape(layer, input, index);
        case LayerKind::batch_norm: return batch_norm_shape(input);
        case LayerKind::add: return add_shape(layer, input, before);
    }
    return misfit(index, layer.kind, "is of no known kind.");
}

Status check_last(const std::vector<LayerSpec>& layers) {
    if (layers.empty()) return fail("bad-architecture", "A network needs at least one layer.");
    const LayerSpec& last = layers.back();
    if (last.kind != LayerKind::dense || last.activation != Activation::none || last.units < 2 || last.units > 100) {
        return misfit(layers.size() - 1, last.kind,
                      "is the last: it must be a dense layer of 2 to 100 units, one per class, without activation.");
    }
    return {};
}

// --- JSON --------------------------------------------------------------------------------------------------------------

Json layer_json(const LayerSpec& layer) {
    Json json = {{"type", name_of(layer.kind)}};
    switch (layer.kind) {
        case LayerKind::convolution:
            json["filters"] = layer.units;
            json["kernel"] = layer.kernel;
            json["padding"] = layer.padding;
            json["activation"] = name_of(layer.activation);
            break;
        case LayerKind::dense:
            json["units"] = layer.units;
            json["activation"] = name_of(layer.activation);
            break;
        case LayerKind::max_pool:
        case LayerKind::average_pool: json["size"] = layer.pool; break;
        case LayerKind::dropout: json["rate"] = decimal(layer.rate); break;
        case LayerKind::batch_norm: json["activation"] = name_of(layer.activation); break;
        case LayerKind::add:
            json["from"] = layer.from;
            json["activation"] = name_of(layer.activation);
            break;
    }
    return json;
}

Result<LayerSpec> layer_from_json(const Json& json) {
    LayerSpec layer;
    JsonReader reader(json, {}, "A layer must be an object.");
    reader.required("type", layer.kind, kinds);
    reader.optional("activation", layer.activation, activations);
    reader.optional(layer.kind == LayerKind::convolution ? "filters" : "units", layer.units);
    reader.optional("kernel", layer.kernel);
    reader.optional("padding", layer.padding);
    reader.optional("size", layer.pool);
    reader.optional("from", layer.from);
    reader.optional("rate", layer.rate);
    return reader.finish(layer);
}

}  // namespace

Result<std::vector<LayerShape>> infer_shapes(const Architecture& architecture) {
    if (architecture.layers.size() > most_layers) return fail("bad-architecture", "A network may have up to 64 layers.");
    std::vector<LayerShape> shapes;
    Shape input;
    std::size_t parameters = 0;
    for (std::size_t index = 0; index < architecture.layers.size(); ++index) {
        const LayerSpec& layer = architecture.layers[index];
        auto shape = shape_of(layer, input, shapes);
        if (!shape) return tl::unexpected(shape.error());
        parameters += shape->parameters;
        if (parameters > most_parameters) return misfit(index, layer.kind, "takes the network above 20 million parameters.");
        if (shape->output.size() > most_values) return misfit(index, layer.kind, "has more than a million outputs.");
        input = shape->output;
        shapes.push_back(*shape);
    }
    if (Status last = check_last(architecture.layers); !last) return tl::unexpected(last.error());
    return shapes;
}

std::size_t parameter_count(const Architecture& architecture) {
    const auto shapes = infer_shapes(architecture);
    std::size_t count = 0;
    if (shapes) {
        for (const LayerShape& shape : *shapes) count += shape.parameters;
    }
    return count;
}

Architecture with_classes(Architecture architecture, int classes) {
    if (!architecture.layers.empty()) architecture.layers.back().units = classes;
    return architecture;
}

Json to_json(const Architecture& architecture) {
    Json layers = Json::array();
    for (const LayerSpec& layer : architecture.layers) layers.push_back(layer_json(layer));
    return {
        {"id", architecture.id}, {"title", architecture.title}, {"description", architecture.description}, {"layers", layers}};
}

Result<Architecture> architecture_from_json(const Json& json) {
    Architecture architecture;
    architecture.id = "custom";
    JsonReader reader(json, {"bad-architecture"}, "An architecture is an object with a list of layers.");
    reader.check(reader.has("layers"), "An architecture is an object with a list of layers.");
    reader.optional("id", architecture.id);
    reader.optional("title", architecture.title);
    reader.optional("description", architecture.description);
    reader.optional("layers", architecture.layers, layer_from_json);
    if (reader.ok()) reader.keep(infer_shapes(architecture));
    return reader.finish(std::move(architecture));
}

}  // namespace digitlab
