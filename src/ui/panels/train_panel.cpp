#include <cmath>

#include "ui/fields.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/panels/panels.h"
#include "ui/panels/sweep_panel.h"
#include "ui/panels/train_form.h"
#include "ui/panels/training_view.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

std::string run_name(const State& state) {
    const Run* run = find_run(state, state.training().run_id);
    return run ? run->name : state.training().spec.architecture.title;
}

std::string phase_words(const State& state) {
    const TrainingState& training = state.training();
    if (training.queued) return "Waiting for its turn";
    if (training.active) {
        if (training.waiting) return "Waiting for the data set";
        if (training.stopping) return "Stopping: measuring what it has learned";
        if (training.paused) return "Paused";
        switch (training.progress.phase) {
            case TrainingPhase::training: return "Training";
            case TrainingPhase::validating: return "Measuring validation accuracy";
            case TrainingPhase::testing: return "Measuring test accuracy";
            case TrainingPhase::finished: return "Finishing";
        }
    }
    const Run* run = find_run(state, training.run_id);
    if (!run) return "Ended";
    if (run->status == RunStatus::failed) return "Failed: " + run->failure;
    const std::string ended = run->status == RunStatus::finished ? "Finished" : "Stopped";
    return run->test ? ended + ": test accuracy " + precise_percent(run->test->accuracy) : ended;
}

/// The share of the run that is done.
double share_done(const TrainingState& training) {
    const TrainingProgress& progress = training.progress;
    if (progress.phase == TrainingPhase::finished || (!training.active && !training.waiting)) return 1;
    if (progress.epochs == 0 || progress.batches == 0 || progress.epoch == 0) return 0;
    const double epochs = progress.epoch - 1 + static_cast<double>(progress.batch) / progress.batches;
    return epochs / progress.epochs;
}

/// Draws the buttons for one batch or epoch at a time, and the field for the learning rate from here on.
void draw_stepping(const TrainingState& training, Ui& ui) {
    ButtonOptions options;
    options.icon = icons::step;
    options.description = "Trains on one more mini-batch and pauses.";
    same_line_if_fits(ui, 130);
    if (button(ui, "One batch", options)) ui.commands.push_back(StepTraining{StepUnit::batch});
    options.description = "Trains to the end of the epoch and pauses.";
    same_line_if_fits(ui, 130);
    if (button(ui, "One epoch", options)) ui.commands.push_back(StepTraining{StepUnit::epoch});
    float rate = training.learning_rate;
    FieldOptions field;
    field.width = 180;
    field.help = "Takes effect with the next batch and is recorded in the run. The schedule goes on from it.";
    same_line_if_fits(ui, field.width);
    if (decimal_field(ui, "Learning rate from here", rate, field)) ui.commands.push_back(SetLearningRate{rate});
}

void draw_controls(const TrainingState& training, Ui& ui) {
    if (!training.active) return;
    ButtonOptions options;
    options.enabled = !training.stopping;
    options.icon = training.paused ? icons::play : icons::pause;
    if (training.paused) {
        if (button(ui, "Resume", options)) ui.commands.push_back(ResumeTraining{});
    } else if (button(ui, "Pause", options)) {
        ui.commands.push_back(PauseTraining{});
    }
    ImGui::SameLine();
    options.icon = icons::stop;
    options.description = "Ends the training with what it has learned so far.";
    if (button(ui, "Stop", options)) ui.commands.push_back(StopTraining{});
    if (training.waiting || training.stopping) return;
    draw_stepping(training, ui);
}

std::string short_number(double number) {
    if (number == 0) return "0";
    const double unit = std::pow(10.0, std::floor(std::log10(std::abs(number))) - 2);
    return general(std::round(number / unit) * unit);
}

void draw_tiles(const TrainingState& training, Ui& ui) {
    const TrainingProgress& progress = training.progress;
    const bool measured = progress.batch > 0 || progress.epoch > 1;
    const bool validated = !training.epochs.empty();
    const std::string none = "\u2013";
    const auto of = [](int done, int all) { return std::to_string(done) + " / " + std::to_string(all); };
    const std::pair<const char*, std::string> tiles[] = {
        {"Epoch", of(progress.epoch, progress.epochs)},
        {"Batch", of(progress.batch, progress.batches)},
        {"Loss", measured ? fixed(progress.loss, 4) : none},
        {"Accuracy", measured ? percent(progress.accuracy) : none},
        {"Validation accuracy", validated ? percent(progress.validation_accuracy) : none},
        {"Images per second", progress.images_per_second > 0 ? count(progress.images_per_second) : none},
        {"Elapsed", duration(progress.elapsed_secs)},
        {"Remaining", training.active && measured ? duration(progress.eta_secs) : none},
        {"Learning rate now", measured ? short_number(progress.learning_rate) : none},
        {"Gradient norm", progress.gradient_norm > 0 ? short_number(progress.gradient_norm) : none},
        {"Forward, ms a batch", progress.forward_ms > 0 ? short_number(progress.forward_ms) : none},
        {"Back and update, ms",
         progress.backward_ms > 0 ? short_number(progress.backward_ms) + " + " + short_number(progress.update_ms) : none},
    };
    const int columns = ui.width >= 560 ? 4 : 2;
    const float spacing = 10;
    const float width = (ui.width - spacing * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    int index = 0;
    for (const auto& [label, figure] : tiles) {
        if (index++ % columns != 0) ImGui::SameLine(0, spacing);
        tile(ui, label, figure, width);
    }
}

void draw_empty(const State& state, Ui& ui) {
    heading(ui, "Progress");
    text(ui, "Nothing has been trained on this page yet.", TextStyle::strong);
    text(ui,
         "Choose an architecture and press \u201CStart training\u201D. Loss and accuracy will be drawn here while the network "
         "learns, and "
         "after each epoch you can try it on digits you draw.",
         TextStyle::muted);
    if (state.datasets.mnist().data.phase != DataPhase::ready) {
        space(4);
        text(ui, "The first training downloads the MNIST data set, 70,000 handwritten digits.", TextStyle::muted);
        draw_data_progress(state.datasets.mnist().data, ui);
    }
}

void draw_progress(const State& state, Ui& ui) {
    const TrainingState& training = state.training();
    heading(ui, run_name(state));
    status(ui, phase_words(state), TextStyle::body, "training phase");
    progress_bar(ui, "Training progress", share_done(training));
    draw_controls(training, ui);
    if (const DataState* data = state.datasets.find_data(training.spec.dataset); training.waiting && data)
        draw_data_progress(*data, ui, training.spec.dataset);
    draw_tiles(training, ui);
    if (training.chart.empty() && training.epochs.empty()) {
        text(ui, "The charts begin with the first batches.", TextStyle::muted);
    } else {
        space(2);
        draw_training_charts(ui, training.chart, training.epochs, training.progress.epochs);
        draw_training_view(state, ui);
    }
}

}  // namespace

void draw_train(const State& state, Ui& ui) {
    {
        Columns columns(ui, 400);
        draw_train_form(state, ui);
        // The editor needs the whole width; on phones it comes before the progress, as the layers of other networks do.
        if (ui.narrow) draw_architecture_editor(state.form, ui);
        columns.next();
        {
            const Card card(ui);
            if (state.training().run_id.empty()) {
                draw_empty(state, ui);
            } else {
                draw_progress(state, ui);
            }
        }
        draw_queue(state, ui);
        draw_sweeps(state, ui);
    }
    if (!ui.narrow) draw_architecture_editor(state.form, ui);
}

}  // namespace digitlab
