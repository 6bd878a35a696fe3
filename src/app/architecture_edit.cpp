#include "app/architecture_edit.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/json.h"

namespace digitlab {

namespace {

constexpr int usual_filters = 16, usual_units = 64;
constexpr std::size_t longest_title = 80;

bool has_activation(LayerKind kind) {
    return kind != LayerKind::dropout && kind != LayerKind::max_pool && kind != LayerKind::average_pool;
}

LayerSpec dense(int units, Activation activation) {
    LayerSpec layer;
    layer.units = units;
    layer.activation = activation;
    return layer;
}

/// The input shape of layer `index`, as far as the layers before it fit.
Shape input_of(const Architecture& architecture, std::size_t index) {
    const LayerCheck check = check_layers(architecture);
    if (index == 0 || check.shapes.empty()) return {};
    return check.shapes[std::min(index, check.shapes.size()) - 1].output;
}

bool is_picture(const Shape& shape) { return shape.height > 1 || shape.width > 1; }

/// A layer that keeps the shape of its input, so that the layers after it still fit.
LayerSpec fitting_layer(const Shape& input) {
    if (!is_picture(input)) return dense(std::min(input.channels, 512), Activation::relu);
    LayerSpec layer;
    layer.kind = LayerKind::convolution;
    layer.units = input.channels > 1 ? input.channels : usual_filters;
    layer.padding = 1;
    layer.activation = Activation::relu;
    return layer;
}

/// Makes every `from` follow its layer: `order[i]` is the new index of layer i, negative when the layer was removed.
void renumber(std::vector<LayerSpec>& layers, const std::vector<int>& order) {
    for (LayerSpec& layer : layers) {
        const auto index = static_cast<std::size_t>(layer.from) - 1;
        if (layer.kind != LayerKind::add || layer.from < 1 || index >= order.size()) continue;
        // If that layer was removed, add the one before it.
        layer.from = order[index] >= 0 ? order[index] + 1 : std::max(layer.from - 1, 1);
    }
}

std::vector<int> same_order(std::size_t count) {
    std::vector<int> order(count);
    std::iota(order.begin(), order.end(), 0);
    return order;
}

/// The number of the last layer whose output can be added to the input of layer `index`; the first when there is none.
int addable(const Architecture& architecture, std::size_t index) {
    const LayerCheck check = check_layers(architecture);
    const Shape input = input_of(architecture, index);
    for (std::size_t other = std::min(index, check.shapes.size()); other-- > 0;) {
        if (other + 1 < index && check.shapes[other].output == input) return static_cast<int>(other) + 1;
    }
    return 1;
}

/// The title as one line of limited length, for lists.
std::string clean_title(std::string title) {
    std::ranges::replace_if(title, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    if (title.size() > longest_title) {
        std::size_t end = longest_title;
        while (end > 0 && (static_cast<unsigned char>(title[end]) & 0xC0U) == 0x80) --end;  // not inside a character
        title.resize(end);
    }
    return title.find_first_not_of(' ') == std::string::npos ? "Custom" : title;
}

}  // namespace

Architecture editable_copy(const Architecture& architecture) {
    Architecture copy = architecture;
    copy.id = custom_id;
    copy.title = "Custom, from " + architecture.title;
    copy.description = "Your own network: change its layers as you like.";
    return copy;
}

void insert_layer(Architecture& architecture, std::size_t index) {
    std::vector<LayerSpec>& layers = architecture.layers;
    std::vector<int> order = same_order(layers.size());
    for (std::size_t i = index; i < order.size(); ++i) ++order[i];
    // After the last layer comes another with one output per class.
    const LayerSpec added = index == layers.size() && !layers.empty() ? dense(layers.back().units, Activation::none)
                                                                      : fitting_layer(input_of(architecture, index));
    renumber(layers, order);
    layers.insert(layers.begin() + static_cast<std::ptrdiff_t>(index), added);
}

void remove_layer(Architecture& architecture, std::size_t index) {
    std::vector<LayerSpec>& layers = architecture.layers;
    std::vector<int> order = same_order(layers.size());
    for (std::size_t i = index; i < order.size(); ++i) --order[i];
    order[index] = -1;
    layers.erase(layers.begin() + static_cast<std::ptrdiff_t>(index));
    renumber(layers, order);
}

void swap_with_next(Architecture& architecture, std::size_t index) {
    std::vector<int> order = same_order(architecture.layers.size());
    std::swap(order[index], order[index + 1]);
    std::swap(architecture.layers[index], architecture.layers[index + 1]);
    renumber(architecture.layers, order);
}

void change_kind(Architecture& architecture, std::size_t index, LayerKind kind) {
    LayerSpec& layer = architecture.layers[index];
    if (layer.kind == kind) return;
    if (layer.units < 1) layer.units = kind == LayerKind::convolution ? usual_filters : usual_units;
    if (has_activation(kind) && !has_activation(layer.kind)) layer.activation = Activation::relu;
    if (!has_activation(kind)) layer.activation = Activation::none;
    if (kind == LayerKind::add) layer.from = addable(architecture, index);
    layer.kind = kind;
}

LayerCheck check_layers(const Architecture& architecture) {
    const std::vector<LayerSpec>& layers = architecture.layers;
    LayerCheck check;
    if (auto shapes = infer_shapes(architecture)) {
        check.shapes = std::move(*shapes);
        return check;
    } else {
        check.problem = shapes.error().message;
    }
    // Find how many of the first layers would fit if a proper last layer followed them.
    Architecture some;
    for (std::size_t count = 1; count <= layers.size(); ++count) {
        some.layers.assign(layers.begin(), layers.begin() + static_cast<std::ptrdiff_t>(count));
        some.layers.push_back(dense(2, Activation::none));
        const auto shapes = infer_shapes(some);
        if (!shapes) break;
        check.shapes.push_back((*shapes)[count - 1]);
    }
    if (!layers.empty()) check.unfit = std::min(check.shapes.size(), layers.size() - 1);
    return check;
}

std::string architecture_text(const Architecture& architecture) {
    const Json json = to_json(architecture);
    std::string text = "{\n";
    for (const auto& [key, value] : json.items()) {
        if (key != "layers") text += "  " + dump_json(key) + ": " + dump_json(value) + ",\n";
    }
    text += "  \"layers\": [\n";
    const Json& layers = json["layers"];
    for (std::size_t index = 0; index < layers.size(); ++index) {
        text += "    " + dump_json(layers[index]) + (index + 1 < layers.size() ? ",\n" : "\n");
    }
    return text + "  ]\n}";
}

Result<Architecture> architecture_from_text(const std::string& text) {
    const auto json = parse_json(text);
    if (!json) return tl::unexpected(json.error());
    auto architecture = architecture_from_json(*json);
    if (!architecture) return architecture;
    architecture->id = custom_id;
    architecture->title = clean_title(architecture->title);
    return architecture;
}

}  // namespace digitlab
