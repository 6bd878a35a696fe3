#include <algorithm>

#include "train/spec.h"
#include "ui/fields.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/panels/drawing_log.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

struct DrawingLab {
    std::string model;  ///< id of the one to test or train
};

/// The models that know digits, which are the labels of drawings.
std::vector<std::string> models_of_digits(const State& state) {
    std::vector<std::string> models = state.models;
    std::erase_if(models, [&](const std::string& id) { return !model_classes(state, id).digits(); });
    return models;
}

/// The chosen model; without one, the first ready-made model or the last of `models`.
std::string chosen_model(const State& state, const std::vector<std::string>& models, Ui& ui) {
    std::string& chosen = ui.states.of<DrawingLab>().model;
    const bool there = std::ranges::find(models, chosen) != models.end();
    if (!there) chosen = state.ready_models.empty() ? models.back() : state.ready_models.front().id;
    return chosen;
}

void draw_test_result(const DrawingTest& test, Ui& ui) {
    if (test.done < test.total) {
        progress_bar(ui, "Testing on your drawings",
                     test.total > 0 ? static_cast<double>(test.done) / static_cast<double>(test.total) : 0);
        return;
    }
    int right = 0;
    for (int digit = 0; digit < test.result.classes; ++digit) {
        right += test.result.confusion[static_cast<std::size_t>(digit * (test.result.classes + 1))];
    }
    status(ui,
           test.name + ": " + std::to_string(right) + " of " + std::to_string(test.total) + " right, " +
               percent(test.result.accuracy) + ".",
           TextStyle::strong, "test on drawings");
    draw_confusion_matrix(ui, test.result);
}

std::string score_words(const DrawingScore& score) {
    const auto number = [](std::optional<int> right) { return right ? std::to_string(*right) : std::string("\u2013"); };
    return number(score.right_before) + " \u2192 " + number(score.right_after) + " of " + std::to_string(score.count) +
           " right";
}

/// Draws how much the latest run on corrections has gained.
void draw_latest_tuning(const State& state, Ui& ui) {
    const auto latest = std::ranges::find_if(state.runs.rbegin(), state.runs.rend(),
                                             [](const Run& run) { return run.spec.drawings && run.fine_tune.has_value(); });
    if (latest == state.runs.rend()) return;
    if (latest->status == RunStatus::running) {
        std::string words = latest->name + " is being trained";
        if (const TrainingState* training = find_training(state, latest->id)) {
            const TrainingProgress& progress = training->progress;
            words += ": epoch " + std::to_string(progress.epoch) + " of " + std::to_string(progress.epochs);
        }
        status(ui, words + ".", TextStyle::strong, "tuning");
        return;
    }
    draw_fine_tune(*latest, ui);
}

void draw_train(const State& state, const std::string& model, Ui& ui) {
    const DrawingSplit split = split_drawings(state.drawings.all);
    text(ui,
         "Training goes on from the model's weights, on your labelled drawings, varied and repeated, among 5,000 digits it "
         "knows, so that it does not forget those. It makes a new model; the old one stays." +
             (split.held_out.empty()
                  ? std::string(" From ten labelled drawings on, every fifth is held out to see what the training is worth.")
                  : " " + std::to_string(split.held_out.size()) +
                        " of them are held out, never trained on, to see what the training is worth."),
         TextStyle::muted, "about tuning");
    ButtonOptions options;
    options.icon = icons::train;
    options.kind = ButtonKind::primary;
    options.enabled = !split.trained.empty();
    options.description =
        split.trained.empty() ? "Label some drawings first." : "Makes a new model that has learnt from your corrections.";
    if (button(ui, "Train on my corrections", options)) {
        ExperimentSpec spec = fine_tune_spec({}, model);
        spec.drawings = true;
        ui.commands.push_back(StartTraining{std::move(spec)});
    }
    draw_latest_tuning(state, ui);
}

}  // namespace

void draw_fine_tune(const Run& run, Ui& ui) {
    const FineTune& tuned = *run.fine_tune;
    ImGui::PushID("fine tune");
    text(ui, run.name + (tuned.parent.empty() ? "" : ", from " + tuned.parent_name), TextStyle::strong, "tuned model");
    if (tuned.new_last_layer) text(ui, "Its last layer began anew, for other classes.", TextStyle::muted, "new last layer");
    if (tuned.held_out.count > 0)
        status(ui, "Held-out drawings: " + score_words(tuned.held_out) + ".", TextStyle::body, "held out");
    if (tuned.trained.count > 0) {
        status(ui, "Drawings it was trained on, which proves nothing: " + score_words(tuned.trained) + ".", TextStyle::body,
               "trained on");
    }
    if (run.test) {
        const std::string before = tuned.parent_test_accuracy ? precise_percent(*tuned.parent_test_accuracy) + " \u2192 " : "";
        status(ui,
               (run.spec.dataset == mnist_id ? "MNIST test accuracy: " : "Test accuracy: ") + before +
                   precise_percent(run.test->accuracy) + ".",
               TextStyle::body, "tuned test");
    }
    ImGui::PopID();
}

void draw_drawing_lab(const State& state, Ui& ui) {
    const std::vector<std::string> models = models_of_digits(state);
    if (models.empty()) return;
    Columns columns(ui, (ui.width - column_gap) / 2);
    const std::string model = chosen_model(state, models, ui);
    const bool labelled = labelled_count(state.drawings) > 0;
    {
        const Card card(ui);
        heading(ui, "Teach a model your hand");
        std::vector<Choice> choices;
        for (const std::string& id : models) choices.push_back({id, model_name(state, id)});
        if (const auto chosen = combobox(ui, "Model to test or train", choices, model))
            ui.states.of<DrawingLab>().model = *chosen;
        draw_train(state, model, ui);
    }
    columns.next();
    const Card card(ui);
    heading(ui, "Test a model on your hand");
    const auto& test = state.drawings.test;
    ButtonOptions options;
    options.icon = icons::play;
    options.enabled = labelled && !(test && test->done < test->total);
    options.description = labelled ? "Asks the chosen model again for every labelled drawing." : "Label some drawings first.";
    if (button(ui, "Test on my drawings", options)) ui.commands.push_back(TestOnDrawings{model});
    if (test) {
        draw_test_result(*test, ui);
    } else {
        text(ui, "Counts what the chosen model answers to each of your labelled drawings.", TextStyle::muted);
    }
}

}  // namespace digitlab
