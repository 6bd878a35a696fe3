#include "ui/panels/training_view.h"

#include <algorithm>

#include "data/digit_pixels.h"
#include "ui/drawing.h"
#include "ui/fields.h"
#include "ui/layout.h"
#include "ui/panels/panels.h"
#include "ui/picture_sheet.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr int columns = 12;

/// Draws the answer below each picture, green when right; the mirror has them in words.
void draw_answers(const BatchView& batch, const std::vector<std::string>& names, Ui& ui) {
    const int rows = static_cast<int>(batch.labels.size() + columns - 1) / columns;
    const float cell = ui.width / columns, line = line_height(ui.fonts.small);
    const ImVec2 min = reserve({ui.width, static_cast<float>(rows) * (line + 4)});
    std::string wrong;
    for (std::size_t i = 0; i < batch.labels.size(); ++i) {
        const bool right = batch.labels[i] == batch.answers[i];
        const auto column = static_cast<float>(i % columns), row = static_cast<float>(i / columns);
        const std::string label = class_name(names, batch.labels[i]), answer = class_name(names, batch.answers[i]);
        const std::string correction = answer + ", not " + label;
        const bool corrected = !right && names.empty() && measure(ui.fonts.small, correction).x <= cell - 2;
        const std::string& words = corrected ? correction : answer;
        const float width = std::min(measure(ui.fonts.small, words).x, cell - 2);
        put_text_cut(ui.fonts.small, min + ImVec2((column + 0.5F) * cell - width / 2, row * (line + 4) + 2),
                     right ? ui.colours.good : ui.colours.bad, words, cell - 2);
        if (!right) wrong += (wrong.empty() ? "" : "; ") + answer + " instead of " + label;
    }
    MirrorNode node;
    node.id = ImGui::GetID("batch answers");
    node.role = Role::text;
    node.value = wrong.empty() ? "All answers of these are right." : "Wrong answers among these: " + wrong + ".";
    report_item(ui, std::move(node));
}

void draw_batch(const BatchView& batch, const std::vector<std::string>& names, std::uint64_t revision, Ui& ui) {
    if (batch.height != digit_side || batch.width != digit_side || batch.labels.empty()) return;
    const int rows = static_cast<int>(batch.labels.size() + columns - 1) / columns;
    GreyImage sheet = empty_sheet(columns, rows);
    for (std::size_t i = 0; i < batch.labels.size(); ++i) {
        put_on_sheet(sheet, static_cast<int>(i), std::span(batch.pixels).subspan(i * digit_pixels, digit_pixels));
    }
    text(ui, "From the latest mini-batch", TextStyle::strong);
    draw_sheet(ui, sheet, TextureSlot::batch, revision, "Pictures of a mini-batch as the network saw them");
    draw_answers(batch, names, ui);
}

std::string standing(const TrainingState& training) {
    const TrainingProgress& progress = training.progress;
    if (training.queued) return "waits for its turn";
    if (training.waiting) return "waits for the data set";
    if (!training.active) return "has ended";
    const std::string epoch = "epoch " + std::to_string(std::max(progress.epoch, 1)) + " of " + std::to_string(progress.epochs);
    return training.paused ? "paused in " + epoch : epoch;
}

void draw_entry(const State& state, const TrainingState& training, Ui& ui) {
    const Run* run = find_run(state, training.run_id);
    const std::string name = run ? run->name : training.run_id;
    ImGui::PushID(training.run_id.c_str());
    const bool shown = training.run_id == state.shown_training;
    text(ui, name + (shown ? ", in view: " : ": ") + standing(training), shown ? TextStyle::strong : TextStyle::body,
         "standing");
    ButtonOptions options;
    options.kind = ButtonKind::quiet;
    options.label = "Show";
    options.enabled = !shown;
    if (button(ui, ("Show " + name + " in training").c_str(), options)) ui.commands.push_back(ShowTraining{training.run_id});
    ImGui::SameLine();
    options.label = training.queued ? "Remove" : "Stop";
    options.enabled = !training.ended() && !training.stopping;
    if (button(ui, ((training.queued ? "Remove " : "Stop ") + name).c_str(), options)) {
        ui.commands.push_back(StopTraining{training.run_id});
    }
    ImGui::PopID();
}

}  // namespace

void draw_training_view(const State& state, Ui& ui) {
    const TrainingState& training = state.training();
    const Run* run = find_run(state, training.run_id);
    const std::vector<std::string> names = run ? run->class_names : std::vector<std::string>();
    draw_batch(training.view.batch, names, training.chart.size(), ui);
    const TrainingView& view = training.view;
    if (view.classes == 0 || training.ended()) return;
    text(ui, "Answers of this epoch while it learns", TextStyle::strong);
    TestResult counted;
    counted.classes = view.classes;
    counted.confusion = view.confusion;
    draw_confusion_matrix(ui, counted, names);
}

void draw_queue(const State& state, Ui& ui) {
    const auto live = std::ranges::count_if(state.trainings, [](const TrainingState& one) { return !one.ended(); });
    if (live < 2) return;
    const Card card(ui);
    heading(ui, "Queue");
    std::vector<Choice> choices;
    for (int count = 1; count <= most_at_once; ++count) choices.push_back({std::to_string(count), std::to_string(count)});
    FieldOptions options;
    options.width = 180;
    options.help = "How many train at the same time. They share the processor's threads.";
    if (const auto chosen = combobox(ui, "At once", choices, std::to_string(state.at_once), options)) {
        ui.commands.push_back(SetAtOnce{std::stoi(*chosen)});
    }
    for (const TrainingState& training : state.trainings) draw_entry(state, training, ui);
}

}  // namespace digitlab
