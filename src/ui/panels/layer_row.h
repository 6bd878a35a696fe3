#pragma once

#include <vector>

#include "ui/fields.h"

namespace digitlab {

/// One layer of the editor's table. Layers are counted from 0 in code and from 1 for people.
struct LayerRow {
    const TrainForm& form;
    std::size_t index;

    const LayerSpec& spec() const { return form.custom->layers[index]; }
    /// "Layer 3 units"
    std::string name(const char* what) const { return "Layer " + std::to_string(index + 1) + " " + what; }
    /// Null when the layers before it, or itself, do not fit.
    const LayerShape* shape() const { return index < form.layers.shapes.size() ? &form.layers.shapes[index] : nullptr; }
    bool unfit() const { return form.layers.unfit == index; }
};

// The controls of a row. Each pushes the commands for what is done to it.

void draw_layer_kind(const LayerRow& row, Ui& ui, float width);
/// Nothing for kinds without an activation.
void draw_layer_activation(const LayerRow& row, Ui& ui, float width);
bool has_activation(LayerKind kind);
int number_count(LayerKind kind);
/// The kind's numbers side by side in `width`, where at least `places` have room.
void draw_layer_numbers(const LayerRow& row, Ui& ui, float width, int places);
/// What is wrong with the row, if anything is: texts that were not taken, and why the layer does not fit.
void draw_layer_problems(const LayerRow& row, Ui& ui);
/// Up, down, add after, remove; `layer_buttons_width` wide.
void draw_layer_buttons(const LayerRow& row, Ui& ui);
/// Only the one that adds a layer after the input.
void draw_input_button(Ui& ui);

inline constexpr float layer_control_height = 40, layer_control_gap = 6, layer_buttons_width = 4 * 40 + 3 * 2;

}  // namespace digitlab
