#include "ui/panels/run_detail.h"

#include <string_view>

#include "ui/fields.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/panels/panels.h"
#include "ui/panels/spec_rows.h"
#include "ui/table.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

struct Deletion {
    std::string asked;  ///< id of the run whose deletion waits to be confirmed
};

/// The user's changes to the learning rate during the run.
std::string rate_words(const Run& run) {
    std::string words;
    for (const RateChange& change : run.rate_changes) {
        words +=
            (words.empty() ? "" : ", ") + general(static_cast<double>(change.rate)) + " from epoch " + fixed(change.epoch, 1);
    }
    return words;
}

/// Returns the text that the details show for a field, with the epochs done so far and with names instead of ids.
std::string setting_text(const SpecField& field, const State& state, const Run& run) {
    std::string text = value_text(field, run.spec);
    if (field.key == std::string_view("epochs")) return std::to_string(run.epochs.size()) + " of " + text;
    if (field.key == std::string_view("dataset")) return state.datasets.name_of(text);
    if (field.key == std::string_view("startFrom")) return model_name(state, text);
    return text;
}

void draw_spec(const State& state, const Run& run, Ui& ui) {
    std::vector<std::vector<std::string>> rows;
    if (run.test) rows.push_back({"Test accuracy", precise_percent(run.test->accuracy)});
    for (const SpecField* field : fields_with_details()) {
        const bool means_something = !field->applies || field->applies(run.spec);
        if (!field->always_in_run && (is_usual(*field, run.spec) || !means_something)) continue;
        rows.push_back({*field->run_title != 0 ? field->run_title : field->title, setting_text(*field, state, run)});
    }
    rows.push_back({"Parameters", count(static_cast<double>(run.parameters))});
    rows.push_back({"Training time", duration(run.secs)});
    if (run.best_epoch > 0) rows.push_back({"Best epoch", std::to_string(run.best_epoch)});
    if (!run.rate_changes.empty()) rows.push_back({"Rate changed to", rate_words(run)});
    if (!run.weights_hash.empty()) rows.push_back({"Weights", run.weights_hash});
    table(ui, "Settings", {{"Setting", 1}, {"Value", 1.2F, true}}, rows);
}

void draw_epochs(const Run& run, Ui& ui) {
    const auto cells = [&](std::size_t row) {
        const EpochMetrics& epoch = run.epochs[row];
        std::vector<std::string> words = {std::to_string(epoch.epoch), fixed(epoch.train_loss, 4),
                                          percent(epoch.train_accuracy), fixed(epoch.validation_loss, 4),
                                          percent(epoch.validation_accuracy)};
        if (!ui.narrow) words.push_back(duration(epoch.secs));
        return words;
    };
    std::vector<TableColumn> columns = {
        {"Epoch", 0.7F}, {"Loss", 1, true}, {"Accuracy", 1, true}, {"Val. loss", 1, true}, {"Val. acc.", 1, true}};
    if (!ui.narrow) columns.push_back({"Time", 1.1F, true});
    table(ui, "Epochs of the run", columns, {run.epochs.size(), cells});
}

void draw_continue(const State& state, const Run& run, Ui& ui) {
    if (!can_continue(run) || state.save.phase == SavePhase::read_only) return;
    ButtonOptions options;
    options.icon = icons::play;
    options.kind = ButtonKind::primary;
    options.description = run.checkpoint_file.empty()
                              ? "Begins again with the same settings."
                              : "Goes on after its last whole epoch, to the result it would have had without the break.";
    if (!button(ui, "Continue", options)) return;
    ui.commands.push_back(ContinueRun{run.id});
    ui.commands.push_back(ShowView{View::train});
}

void draw_delete(const State& state, const Run& run, Ui& ui) {
    std::string& asked = ui.states.of<Deletion>().asked;
    const TrainingState* work = find_training(state, run.id);
    const bool training = work && !work->ended();
    ButtonOptions options;
    options.icon = icons::remove;
    options.kind = ButtonKind::danger;
    options.enabled = !training;
    if (training) options.description = "This run is training. Stop it first.";
    if (asked != run.id) {
        if (button(ui, "Delete", options)) asked = run.id;
        return;
    }
    status(ui, "Delete " + run.name + " and its model for good?", TextStyle::strong, "confirm deletion");
    if (button(ui, "Delete for good", options)) {
        ui.commands.push_back(DeleteRun{run.id});
        asked.clear();
    }
    ImGui::SameLine();
    if (button(ui, "Keep")) asked.clear();
}

void draw_name(const Run& run, Ui& ui) {
    FieldOptions options;
    options.help = "What this run and its model are called everywhere. Another run cannot have the same name.";
    if (const auto name = field(ui, "Run name", run.name, options)) ui.commands.push_back(RenameRun{run.id, *name});
}

void draw_summary(const State& state, const Run& run, Ui& ui) {
    const Card card(ui);
    heading(ui, run.name);
    draw_name(run, ui);
    const std::string words = std::string(status_title(run.status)) + ", " + date(run.started_unix_secs);
    text(ui, words, TextStyle::muted, "run summary");
    if (!run.failure.empty())
        text(ui, run.failure, run.status == RunStatus::failed ? TextStyle::problem : TextStyle::muted, "run failure");
    if (run.fine_tune) draw_fine_tune(run, ui);
    draw_continue(state, run, ui);
    draw_spec(state, run, ui);
    draw_delete(state, run, ui);
}

}  // namespace

const char* status_title(RunStatus status) {
    switch (status) {
        case RunStatus::queued: return "Waiting";
        case RunStatus::running: return "Running";
        case RunStatus::finished: return "Finished";
        case RunStatus::stopped: return "Stopped";
        case RunStatus::failed: return "Failed";
    }
    return "";
}

void forget_deletion(Ui& ui) { ui.states.of<Deletion>().asked.clear(); }

void draw_run_detail(const State& state, const Run& run, Ui& ui) {
    ImGui::PushID(run.id.c_str());
    {
        Columns columns(ui, (ui.width - column_gap) / 2);
        draw_summary(state, run, ui);
        columns.next();
        if (run.test) {
            const Card card(ui);
            heading(ui, "Confusion matrix");
            draw_confusion_matrix(ui, *run.test, run.class_names);
        } else {
            const Card card(ui);
            heading(ui, "Confusion matrix");
            text(ui, "Counted on the test digits once the run has ended.", TextStyle::muted);
        }
    }
    if (!run.epochs.empty()) {
        const Card card(ui);
        heading(ui, "Epochs");
        draw_training_charts(ui, {}, run.epochs, run.spec.epochs);
        draw_epochs(run, ui);
    }
    if (!find_architecture(run.spec.architecture.id)) {
        const Card card(ui);
        heading(ui, "Layers");
        draw_layers(ui, run.spec.architecture);
    }
    ImGui::PopID();
}

}  // namespace digitlab
