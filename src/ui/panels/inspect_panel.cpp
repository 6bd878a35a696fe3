#include <algorithm>

#include "nn/architecture.h"
#include "ui/fields.h"
#include "ui/format.h"
#include "ui/layout.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

struct InspectView {
    std::string architecture;  ///< id
};

const Architecture& inspected(const State& state, Ui& ui) {
    std::string& id = ui.states.of<InspectView>().architecture;
    if (id.empty()) id = state.form.architecture;
    if (id == custom_id && state.form.custom) return *state.form.custom;
    const auto found = std::ranges::find(catalogue(), id, &Architecture::id);
    return found == catalogue().end() ? catalogue().front() : *found;
}

void draw_cost(Ui& ui, const Architecture& architecture) {
    const auto shapes = infer_shapes(architecture);
    if (!shapes) return;
    double flops = 0, parameters = 0;
    for (const LayerShape& shape : *shapes) {
        flops += static_cast<double>(shape.forward_flops);
        parameters += static_cast<double>(shape.parameters);
    }
    const float width = (ui.width - 20) / 3;
    tile(ui, "Layers", std::to_string(architecture.layers.size()), width);
    ImGui::SameLine(0, 10);
    tile(ui, "Parameters", count(parameters), width);
    ImGui::SameLine(0, 10);
    tile(ui, ui.narrow ? "MFLOP" : "Million operations", fixed(flops / 1e6, 2), width);
    text(ui, "Operations are multiplications and additions for one picture.", TextStyle::small);
}

}  // namespace

void draw_inspect(const State& state, Ui& ui) {
    if (catalogue().empty()) return;
    Columns columns(ui, 400);
    {
        const Card card(ui);
        heading(ui, "Architecture");
        std::vector<Choice> choices;
        for (const Architecture& architecture : catalogue()) choices.push_back({architecture.id, architecture.title});
        if (state.form.custom) choices.push_back({custom_id, state.form.custom->title});
        const Architecture& shown = inspected(state, ui);
        ImGui::PushID("inspect");
        if (const auto chosen = combobox(ui, "Architecture", choices, shown.id))
            ui.states.of<InspectView>().architecture = *chosen;
        ImGui::PopID();
        text(ui, shown.description, TextStyle::body, "architecture description");
        text(ui, "This page shows how each network is built. The weights of trained models cannot be looked at yet.",
             TextStyle::muted);
    }
    columns.next();
    const Architecture& shown = inspected(state, ui);
    const Card card(ui);
    heading(ui, shown.title);
    draw_cost(ui, shown);
    space(4);
    draw_layers(ui, shown);
}

}  // namespace digitlab
