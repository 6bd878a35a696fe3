#include "ui/panels/layer_row.h"

#include <algorithm>
#include <array>

#include "ui/icons.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

template <class Value>
struct Named {
    Value value;
    const char *id, *title;
};
constexpr std::array<Named<LayerKind>, 7> kinds = {{{LayerKind::convolution, "conv", "Convolution"},
                                                    {LayerKind::max_pool, "max-pool", "Max pool"},
                                                    {LayerKind::average_pool, "average-pool", "Average pool"},
                                                    {LayerKind::dense, "dense", "Dense"},
                                                    {LayerKind::dropout, "dropout", "Dropout"},
                                                    {LayerKind::batch_norm, "batch-norm", "Batch norm"},
                                                    {LayerKind::add, "add", "Add layer"}}};
constexpr std::array<Named<Activation>, 5> activations = {{{Activation::none, "none", "No activation"},
                                                           {Activation::relu, "relu", "ReLU"},
                                                           {Activation::leaky_relu, "leaky-relu", "Leaky ReLU"},
                                                           {Activation::tanh, "tanh", "Tanh"},
                                                           {Activation::sigmoid, "sigmoid", "Sigmoid"}}};

const char* help_for(LayerKind kind) {
    switch (kind) {
        case LayerKind::convolution: return "Looks for small patterns, its filters, all over the picture.";
        case LayerKind::max_pool: return "Keeps the largest value of each window: a smaller picture.";
        case LayerKind::average_pool: return "Keeps the mean of each window: a smaller picture.";
        case LayerKind::dense: return "Each unit weighs all values that come in.";
        case LayerKind::dropout: return "Leaves out some values at random while training, against learning by heart.";
        case LayerKind::batch_norm: return "Brings values to a common scale, which makes deep networks easier to train.";
        case LayerKind::add: return "Adds the output of an earlier layer to what comes in: a shortcut past the layers between.";
    }
    return "";
}

/// A number of a layer: "Layer 2 units".
struct Number {
    const char *what, *label, *help;
    int LayerSpec::* member;  ///< null: the dropout rate
};
constexpr Number filters = {"filters", "Filters", "How many patterns it looks for, 1 to 4096.", &LayerSpec::units};
constexpr Number kernel = {"kernel", "Kernel", "Side of a pattern in pixels, 1 to 28.", &LayerSpec::kernel};
constexpr Number padding = {"padding", "Padding", "Zeros put around the picture, so that it shrinks less.",
                            &LayerSpec::padding};
constexpr Number window = {"window", "Window", "Side of the window in pixels, 2 to 28.", &LayerSpec::pool};
constexpr Number units = {"units", "Units", "How many values it gives, 1 to 4096.", &LayerSpec::units};
constexpr Number rate = {"rate", "Rate", "Share of the values left out, 0 to below 1.", nullptr};
constexpr Number from = {"source", "From layer", "The layer whose output is added; it must give the same shape as comes in.",
                         &LayerSpec::from};

std::vector<Number> numbers_of(LayerKind kind) {
    switch (kind) {
        case LayerKind::convolution: return {filters, kernel, padding};
        case LayerKind::max_pool:
        case LayerKind::average_pool: return {window};
        case LayerKind::dense: return {units};
        case LayerKind::dropout: return {rate};
        case LayerKind::batch_norm: return {};
        case LayerKind::add: return {from};
    }
    return {};
}

template <class Value, std::size_t count>
std::vector<Choice> choices_of(const std::array<Named<Value>, count>& all) {
    std::vector<Choice> choices;
    for (const Named<Value>& one : all) choices.push_back({one.id, one.title});
    return choices;
}

/// Returns the newly chosen value.
template <class Value, std::size_t count>
std::optional<Value> choose(Ui& ui, const std::string& name, const std::array<Named<Value>, count>& all, Value chosen,
                            float width, const char* help) {
    FieldOptions options;
    options.width = width;
    options.inside = true;
    options.help = help;
    const std::string id = std::ranges::find(all, chosen, &Named<Value>::value)->id;
    const auto picked = combobox(ui, name.c_str(), choices_of(all), id, options);
    if (!picked) return std::nullopt;
    return std::ranges::find_if(all, [&](const Named<Value>& one) { return *picked == one.id; })->value;
}

void set(const LayerRow& row, Ui& ui, const LayerSpec& spec) { ui.commands.push_back(SetLayer{row.index, spec}); }

void draw_number(const LayerRow& row, Ui& ui, const Number& number, float width) {
    FieldOptions options;
    options.width = width;
    options.label = number.label;
    options.inside = true;
    options.help = number.help;
    LayerSpec spec = row.spec();
    const std::string name = row.name(number.what);
    const bool changed = number.member ? integer_field(ui, name.c_str(), spec.*number.member, options)
                                       : decimal_field(ui, name.c_str(), spec.rate, options);
    if (changed) set(row, ui, spec);
}

bool draw_icon(Ui& ui, const std::string& name, const char* icon, bool enabled, const char* why_not = "") {
    ButtonOptions options;
    options.icon = icon;
    options.icon_only = true;
    options.kind = ButtonKind::quiet;
    options.enabled = enabled;
    options.description = enabled ? name : why_not;
    return button(ui, name.c_str(), options);
}

/// Pushes a command that changes the order of layers, and forgets the problems of fields, which would belong to other layers.
void restructure(Ui& ui, Command command) {
    forget_field_problems(ui);
    ui.commands.push_back(std::move(command));
}

}  // namespace

bool has_activation(LayerKind kind) {
    return kind != LayerKind::dropout && kind != LayerKind::max_pool && kind != LayerKind::average_pool;
}

int number_count(LayerKind kind) { return static_cast<int>(numbers_of(kind).size()); }

void draw_layer_kind(const LayerRow& row, Ui& ui, float width) {
    LayerSpec spec = row.spec();
    if (const auto kind = choose(ui, row.name("type"), kinds, spec.kind, width, help_for(spec.kind))) {
        spec.kind = *kind;
        forget_field_problems(ui);
        set(row, ui, spec);
    }
}

void draw_layer_activation(const LayerRow& row, Ui& ui, float width) {
    LayerSpec spec = row.spec();
    if (!has_activation(spec.kind)) return;
    constexpr const char* help = "What is done to each value that comes out. Without any, layers add up to a single one.";
    if (const auto activation = choose(ui, row.name("activation"), activations, spec.activation, width, help)) {
        spec.activation = *activation;
        set(row, ui, spec);
    }
}

void draw_layer_numbers(const LayerRow& row, Ui& ui, float width, int places) {
    const std::vector<Number> numbers = numbers_of(row.spec().kind);
    const auto count = static_cast<float>(std::max(static_cast<int>(numbers.size()), places));
    const float each = (width - layer_control_gap * (count - 1)) / count;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i > 0) ImGui::SameLine(0, layer_control_gap);
        draw_number(row, ui, numbers[i], each);
    }
}

void draw_layer_problems(const LayerRow& row, Ui& ui) {
    for (const Number& number : numbers_of(row.spec().kind)) {
        const std::string name = row.name(number.what), problem = problem_at(ui, name.c_str());
        if (!problem.empty()) text(ui, problem, TextStyle::problem, (name + " problem").c_str());
    }
    if (row.unfit()) text(ui, row.form.layers.problem, TextStyle::problem, row.name("problem").c_str());
}

void draw_layer_buttons(const LayerRow& row, Ui& ui) {
    const std::size_t count = row.form.custom->layers.size();
    const std::string number = std::to_string(row.index + 1);
    if (draw_icon(ui, "Move layer " + number + " up", icons::up, row.index > 0, "It is the first."))
        restructure(ui, SwapWithNext{row.index - 1});
    ImGui::SameLine(0, 2);
    if (draw_icon(ui, "Move layer " + number + " down", icons::down, row.index + 1 < count, "It is the last."))
        restructure(ui, SwapWithNext{row.index});
    ImGui::SameLine(0, 2);
    if (draw_icon(ui, "Add a layer after layer " + number, icons::add, true)) restructure(ui, InsertLayer{row.index + 1});
    ImGui::SameLine(0, 2);
    if (draw_icon(ui, "Remove layer " + number, icons::remove, count > 1, "A network needs at least one layer."))
        restructure(ui, RemoveLayer{row.index});
}

void draw_input_button(Ui& ui) {
    if (draw_icon(ui, "Add a layer after the input", icons::add, true)) restructure(ui, InsertLayer{0});
}

}  // namespace digitlab
