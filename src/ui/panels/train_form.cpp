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

std::size_t parameters_of(const TrainForm& form, const Architecture& chosen) {
    if (form.dataset != mnist_id) return parameter_count(chosen);
    if (form.architecture != custom_id) return parameter_count(chosen);
    std::size_t count = 0;
    for (const LayerShape& shape : form.layers.shapes) count += shape.parameters;
    return count;
}

bool draw_choice(TrainForm& form, Ui& ui) {
    std::vector<Choice> choices;
    for (const Architecture& architecture : catalogue()) choices.push_back({architecture.id, architecture.title});
    if (form.custom) choices.push_back({custom_id, form.custom->title});
    FieldOptions options;
    options.help = "How the network is built. Larger ones are more accurate and take longer.";
    const auto chosen = combobox(ui, "Architecture", choices, form.architecture, options);
    if (!chosen) return false;
    form.architecture = *chosen;
    // The app fills in what suits the new architecture; problems of old texts are gone with them.
    ui.visual.field_problems.clear();
    ui.visual.replacing_asked = false;
    return true;
}

/// Another custom network would be lost: that is asked first.
void draw_replacing(const TrainForm& form, Ui& ui) {
    if (!ui.visual.replacing_asked || !form.custom) return;
    status(ui, "This replaces \u201C" + form.custom->title + "\u201D, which you have edited.", TextStyle::strong,
           "confirm replacing");
    if (button(ui, "Replace it")) {
        ui.visual.replacing_asked = false;
        ui.commands.push_back(CopyArchitecture{});
    }
    ImGui::SameLine();
    if (button(ui, "Keep it")) ui.visual.replacing_asked = false;
}

void draw_chosen(const TrainForm& form, const Architecture& chosen, Ui& ui) {
    text(ui, chosen.description, TextStyle::muted, "architecture description");
    const char* name = "Edit a copy";
    constexpr float width = 128, height = 40;
    const ImVec2 line = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({line.x, line.y + (height - line_height(ui.fonts.strong)) / 2});
    const bool fits = form.architecture != custom_id || form.layers.problem.empty();
    const std::string parameters = count(static_cast<double>(parameters_of(form, chosen))) + " parameters";
    text(ui, fits ? parameters : "It does not fit together yet", TextStyle::strong, "parameters");
    ImGui::SetCursorScreenPos({line.x + ui.width - width, line.y});
    ButtonOptions options;
    options.width = width;
    options.enabled = form.architecture != custom_id;
    options.description = options.enabled ? "Makes a network of your own from this one, whose layers you can change."
                                          : "This is your own network already. Its layers are in the editor.";
    if (button(ui, name, options)) {
        if (form.custom) {
            ui.visual.replacing_asked = true;
        } else {
            ui.commands.push_back(CopyArchitecture{});
        }
    }
    draw_replacing(form, ui);
}

bool draw_numbers(TrainForm& form, Ui& ui) {
    const float half = (ui.width - ImGui::GetStyle().ItemSpacing.x) / 2;
    const auto with = [half](const char* help) {
        FieldOptions options;
        options.width = half;
        options.help = help;
        return options;
    };
    bool changed = integer_field(ui, "Epochs", form.epochs, with("How many times the network sees every training digit."));
    ImGui::SameLine();
    changed |= integer_field(ui, "Batch size", form.batch_size,
                             with("How many digits it looks at before each correction of its weights."));
    changed |= decimal_field(ui, "Learning rate", form.learning_rate,
                             with("How large each correction is. Too small learns slowly, too large learns nothing."));
    ImGui::SameLine();
    changed |= seed_field(ui, "Seed", form.seed, with("Where the random numbers begin. The same seed repeats a training."));
    return changed;
}

void draw_start(const State& state, Ui& ui) {
    const bool active = state.training.active;
    if (!state.form.problem.empty()) status(ui, state.form.problem, TextStyle::problem, "form problem");
    ButtonOptions start;
    start.icon = icons::play;
    start.kind = ButtonKind::primary;
    start.enabled = !active && state.form.problem.empty();
    start.width = ui.width;
    start.description = active ? "A training is running. Stop it or wait until it has finished." : state.form.problem;
    if (button(ui, "Start training", start)) ui.commands.push_back(StartTraining{});
}

}  // namespace

void draw_train_form(const State& state, Ui& ui) {
    const Card card(ui);
    heading(ui, "New training");
    draw_dataset_choice(state, ui);
    TrainForm form = state.form;
    bool changed = draw_choice(form, ui);
    const Architecture* chosen = chosen_architecture(state.form);
    Architecture fitted;
    if (const auto dataset = find_dataset(state, form.dataset); chosen && dataset && dataset->id != mnist_id) {
        fitted = with_classes(*chosen, dataset->classes);
        chosen = &fitted;
    }
    if (chosen) draw_chosen(state.form, *chosen, ui);
    changed |= draw_numbers(form, ui);
    changed |= draw_more_settings(state, form, ui);
    draw_start(state, ui);
    // Those of the custom network are in its editor.
    if (chosen && state.form.architecture != custom_id) draw_layers(ui, *chosen);
    if (changed) ui.commands.push_back(EditForm{form});
}

}  // namespace digitlab
