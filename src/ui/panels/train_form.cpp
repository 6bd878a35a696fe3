#include "ui/panels/train_form.h"

#include <algorithm>

#include "app/presets.h"
#include "nn/architecture.h"
#include "ui/drawing.h"
#include "ui/fields.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/panels/panels.h"
#include "ui/panels/spec_rows.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

struct Replacing {
    bool asked = false;  ///< whether another copy may replace the custom network
};

void draw_presets(const TrainForm& form, Ui& ui) {
    std::vector<Choice> choices = {{"", "Your own settings"}};
    const Preset* chosen = nullptr;
    for (const Preset& preset : presets()) {
        choices.push_back({preset.id, preset.title});
        if (preset.id == form.preset) chosen = &preset;
    }
    FieldOptions options;
    options.help = "Settings to begin with, and lessons in which something goes wrong on purpose.";
    if (const auto preset = combobox(ui, "Preset", choices, form.preset, options); preset && !preset->empty()) {
        forget_field_problems(ui);
        ui.commands.push_back(ChoosePreset{*preset});
    }
    if (chosen) text(ui, chosen->text, TextStyle::muted, "preset description");
}

/// Draws the choice between new weights and those of a model.
bool draw_start_from(const State& state, TrainForm& form, Ui& ui) {
    if (state.models.empty() && form.spec.start_from.empty()) return false;
    std::vector<Choice> choices = {{"", "New weights"}};
    for (const std::string& id : state.models) choices.push_back({id, model_name(state, id)});
    const SpecField& row = spec_field("startFrom");
    FieldOptions options;
    options.help = row.help;
    if (const auto chosen = combobox(ui, row.title, choices, form.spec.start_from, options)) {
        form.spec.start_from = *chosen;
        forget_field_problems(ui);
        return true;
    }
    if (form.spec.start_from.empty()) return false;
    text(ui, "This model's own network is trained; choosing an architecture begins with new weights.", TextStyle::muted,
         "start from");
    return draw_form_part(FormPart::start, form.spec, ui);
}

void draw_copying(Ui& ui) {
    ButtonOptions options;
    options.kind = ButtonKind::quiet;
    options.description = "A link that opens this page with these settings.";
    if (button(ui, "Copy link", options)) ui.commands.push_back(CopySpec{CopyFormat::link});
    same_line_if_fits(ui, 120);
    options.description = "These settings as text, for the command line and for programs.";
    if (button(ui, "Copy JSON", options)) ui.commands.push_back(CopySpec{CopyFormat::json});
    const auto pasted = text_area(ui, "Settings as JSON", "", 60, "", "Paste settings here to fill in the form.");
    if (pasted && !pasted->empty()) ui.commands.push_back(OpenSpec{*pasted});
}

std::size_t parameters_of(const TrainForm& form, const Architecture& chosen) {
    if (form.spec.dataset != mnist_id) return parameter_count(chosen);
    if (form.architecture != custom_id) return parameter_count(chosen);
    std::size_t count = 0;
    for (const LayerShape& shape : form.layers.shapes) count += shape.parameters;
    return count;
}

bool draw_choice(TrainForm& form, Ui& ui) {
    std::vector<Choice> choices;
    for (const Architecture& architecture : catalogue()) choices.push_back({architecture.id, architecture.title});
    if (form.custom) choices.push_back({custom_id, form.custom->title});
    const SpecField& row = spec_field("architecture");
    FieldOptions options;
    options.help = row.help;
    const auto chosen = combobox(ui, row.title, choices, form.architecture, options);
    if (!chosen) return false;
    form.architecture = *chosen;
    // The app fills in what suits the new architecture, so problems of old texts no longer apply.
    forget_field_problems(ui);
    ui.states.of<Replacing>().asked = false;
    return true;
}

/// Asks before another copy replaces the custom network.
void draw_replacing(const TrainForm& form, Ui& ui) {
    if (!ui.states.of<Replacing>().asked || !form.custom) return;
    status(ui, "This replaces \u201C" + form.custom->title + "\u201D, which you have edited.", TextStyle::strong,
           "confirm replacing");
    if (button(ui, "Replace it")) {
        ui.states.of<Replacing>().asked = false;
        ui.commands.push_back(CopyArchitecture{});
    }
    ImGui::SameLine();
    if (button(ui, "Keep it")) ui.states.of<Replacing>().asked = false;
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
            ui.states.of<Replacing>().asked = true;
        } else {
            ui.commands.push_back(CopyArchitecture{});
        }
    }
    draw_replacing(form, ui);
}

void draw_start(const State& state, Ui& ui) {
    const bool waits = state.active_trainings() >= state.at_once;
    if (!state.form.problem.empty()) status(ui, state.form.problem, TextStyle::problem, "form problem");
    ButtonOptions start;
    start.icon = icons::play;
    start.kind = ButtonKind::primary;
    start.enabled = state.form.problem.empty();
    if (waits) start.label = "Add to the queue";
    start.width = ui.width;
    start.description = state.form.problem.empty() && waits ? "It begins when it is its turn." : state.form.problem;
    if (button(ui, "Start training", start)) ui.commands.push_back(StartTraining{});
}

}  // namespace

void draw_train_form(const State& state, Ui& ui) {
    const Card card(ui);
    heading(ui, "New training");
    draw_dataset_choice(state, ui);
    TrainForm form = state.form;
    draw_presets(state.form, ui);
    bool changed = draw_choice(form, ui);
    const Architecture* chosen = chosen_architecture(state.form);
    Architecture fitted;
    if (const auto dataset = state.datasets.find(form.spec.dataset); chosen && dataset && dataset->id != mnist_id) {
        fitted = with_classes(*chosen, dataset->classes);
        chosen = &fitted;
    }
    if (chosen) draw_chosen(state.form, *chosen, ui);
    changed |= draw_start_from(state, form, ui);
    changed |= draw_form_part(FormPart::basics, form.spec, ui);
    changed |= draw_more_settings(state, form, ui);
    draw_start(state, ui);
    draw_copying(ui);
    // The layers of the custom network are in its editor.
    if (chosen && state.form.architecture != custom_id) draw_layers(ui, *chosen);
    if (changed) ui.commands.push_back(EditForm{form});
}

}  // namespace digitlab
