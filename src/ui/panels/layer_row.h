#pragma once

#include <vector>

#include "ui/fields.h"

namespace digitlab {

/// One layer of the editor's table. Layers are counted from 0 in code and from 1 on the page.
struct LayerRow {
    const TrainForm& form;
    std::size_t index;

    const LayerSpec& spec() const { return form.custom->layers[index]; }
    /// "Layer 3 units"
    std::string name(const char* what) const { return "Layer " + std::to_string(index + 1) + " " + what; }
    /// Null when this layer or one before it does not fit.
    const LayerShape* shape() const { return index < form.layers.shapes.size() ? &form.layers.shapes[index] : nullptr; }
    bool unfit() const { return form.layers.unfit == index; }
};

// The controls of a row. Each pushes commands when the user changes it.

void draw_layer_kind(const LayerRow& row, Ui& ui, float width);
/// Draws nothing for kinds without an activation.
void draw_layer_activation(const LayerRow& row, Ui& ui, float width);
bool has_activation(LayerKind kind);
int number_count(LayerKind kind);
/// Draws the kind's numbers side by side in `width`, which has room for at least `places` numbers.
void draw_layer_numbers(const LayerRow& row, Ui& ui, float width, int places);
/// Draws the problems of the row, if any: rejected texts, and why the layer does not fit.
void draw_layer_problems(const LayerRow& row, Ui& ui);
/// Draws the buttons up, down, add after and remove; `layer_buttons_width` wide.
void draw_layer_buttons(const LayerRow& row, Ui& ui);
/// Draws the button that adds a layer after the input.
void draw_input_button(Ui& ui);

inline constexpr float layer_control_height = 40, layer_control_gap = 6, layer_buttons_width = 4 * 40 + 3 * 2;

}  // namespace digitlab
