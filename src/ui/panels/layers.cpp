#include "ui/format.h"
#include "ui/panels/panels.h"
#include "ui/table.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

const char* word(Activation activation) {
    switch (activation) {
        case Activation::none: return "";
        case Activation::relu: return ", ReLU";
        case Activation::leaky_relu: return ", leaky ReLU";
        case Activation::tanh: return ", tanh";
        case Activation::sigmoid: return ", sigmoid";
    }
    return "";
}

std::string sides(int side) { return std::to_string(side) + "\u00D7" + std::to_string(side); }

std::string describe(const LayerSpec& layer) {
    switch (layer.kind) {
        case LayerKind::convolution:
            return "Conv " + sides(layer.kernel) + ", " + std::to_string(layer.units) + word(layer.activation);
        case LayerKind::max_pool: return "Max pool " + sides(layer.pool);
        case LayerKind::average_pool: return "Average pool " + sides(layer.pool);
        case LayerKind::dense: return "Dense " + std::to_string(layer.units) + word(layer.activation);
        case LayerKind::dropout: return "Dropout " + percent(static_cast<double>(layer.rate));
        case LayerKind::batch_norm: return std::string("Batch norm") + word(layer.activation);
        case LayerKind::add: return "Add layer " + std::to_string(layer.from) + word(layer.activation);
    }
    return "";
}

}  // namespace

std::string shape_words(const Shape& shape) {
    if (shape.height == 1 && shape.width == 1) return std::to_string(shape.channels);
    return std::to_string(shape.channels) + "\u00D7" + std::to_string(shape.height) + "\u00D7" + std::to_string(shape.width);
}

void draw_layers(Ui& ui, const Architecture& architecture) {
    const auto shapes = infer_shapes(architecture);
    if (!shapes) {
        text(ui, shapes.error().message, TextStyle::problem);
        return;
    }
    std::vector<std::vector<std::string>> rows;
    rows.push_back({"Input", shape_words(Shape{}), "\u2013"});
    for (std::size_t index = 0; index < shapes->size(); ++index) {
        const LayerShape& shape = (*shapes)[index];
        const std::string parameters = shape.parameters == 0 ? "\u2013" : count(static_cast<double>(shape.parameters));
        rows.push_back({describe(architecture.layers[index]), shape_words(shape.output), parameters});
    }
    table(ui, "Layers", {{"Layer", 2}, {"Output", 1.16F, true}, {"Parameters", 1.06F, true}}, rows);
}

}  // namespace digitlab
