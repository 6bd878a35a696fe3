#include "ui/panels/train_form.h"

#include <algorithm>

#include "nn/architecture.h"
#include "ui/drawing.h"
#include "ui/fields.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

void draw_numbers(TrainForm& form, Ui& ui, bool& changed) {
    const float half = (ui.width - ImGui::GetStyle().ItemSpacing.x) / 2;
    changed |= integer_field(ui, "Epochs", form.epochs, half);
    ImGui::SameLine();
    changed |= integer_field(ui, "Batch size", form.batch_size, half);
    changed |= decimal_field(ui, "Learning rate", form.learning_rate, half);
    ImGui::SameLine();
    changed |= seed_field(ui, "Seed", form.seed, half);
}

void draw_start(const State& state, Ui& ui) {
    const bool active = state.training.active;
    if (!state.form.problem.empty()) status(ui, state.form.problem, TextStyle::problem, "form problem");
    ButtonOptions start;
    start.icon = icons::play;
    start.kind = ButtonKind::primary;
    start.enabled = !active && state.form.problem.empty();
    start.width = ui.width;
    if (active) start.description = "A training is running. Stop it or wait until it has finished.";
    if (button(ui, "Start training", start)) ui.commands.push_back(StartTraining{});
}

}  // namespace

void draw_train_form(const State& state, Ui& ui) {
    const Card card(ui);
    heading(ui, "New training");
    TrainForm form = state.form;
    bool changed = false;

    std::vector<Choice> choices;
    for (const Architecture& architecture : catalogue()) choices.push_back({architecture.id, architecture.title});
    if (const auto chosen = combobox(ui, "Architecture", choices, form.architecture); chosen && *chosen != form.architecture) {
        form.architecture = *chosen;
        // The app fills in what suits the new architecture; problems of old texts are gone with them.
        ui.visual.field_problems.clear();
        changed = true;
    }
    const auto architecture = std::ranges::find(catalogue(), state.form.architecture, &Architecture::id);
    const bool known = architecture != catalogue().end();
    if (known) {
        text(ui, architecture->description, TextStyle::muted, "architecture description");
        text(ui, count(static_cast<double>(parameter_count(*architecture))) + " parameters", TextStyle::strong, "parameters");
    }
    draw_numbers(form, ui, changed);
    draw_start(state, ui);
    if (known) draw_layers(ui, *architecture);
    if (changed) ui.commands.push_back(EditForm{form});
}

}  // namespace digitlab
