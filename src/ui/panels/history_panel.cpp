#include <algorithm>

#include "ui/format.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/panels/panels.h"
#include "ui/panels/run_detail.h"
#include "ui/table.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

std::string test_accuracy(const Run& run) { return run.test ? precise_percent(run.test->accuracy) : "\u2013"; }

std::string speed(const Run& run) { return run.epochs.empty() ? "\u2013" : count(run.epochs.back().images_per_second); }

std::vector<TableColumn> columns_of(bool narrow) {
    if (narrow) return {{"Name", 2}, {"Status", 1.1F}, {"Test", 1, true}};
    return {{"Name", 2},
            {"Architecture", 1.5F},
            {"Status", 1},
            {"Epochs", 0.8F, true},
            {"Test accuracy", 1.2F, true},
            {"Time", 1.1F, true},
            {"Images/s", 0.9F, true},
            {"Date", 1.7F, true}};
}

std::vector<std::string> row_of(const Run& run, bool narrow) {
    if (narrow) return {run.name, status_title(run.status), test_accuracy(run)};
    return {run.name,
            run.spec.architecture.title,
            status_title(run.status),
            std::to_string(run.epochs.size()),
            test_accuracy(run),
            duration(run.secs),
            speed(run),
            date(run.started_unix_secs)};
}

/// Draws the buttons that export and import everything.
void draw_archive(const State& state, Ui& ui) {
    ButtonOptions options;
    options.icon = icons::download;
    options.description = "All runs, models and drawings as one file, for backup and for other computers.";
    options.enabled = !state.runs.empty() || !state.drawings.all.empty();
    if (button(ui, "Export everything", options)) ui.commands.push_back(AskPlatform{SaveArchive{}});
    same_line_if_fits(ui, 160);
    options = {};
    options.icon = icons::add;
    options.description = "Adds the runs, models and drawings of a file that was exported before. Nothing here is changed.";
    if (button(ui, "Import", options)) ui.commands.push_back(AskPlatform{PickArchive{}});
}

void draw_empty(const State& state, Ui& ui) {
    const Card card(ui);
    heading(ui, "History");
    text(ui, "No runs yet.", TextStyle::strong);
    text(ui,
         "Every training is kept here with its settings, figures and model, in this browser only. Compare runs, see where a "
         "model errs, delete what you do not need.",
         TextStyle::muted);
    ButtonOptions options;
    options.kind = ButtonKind::primary;
    if (button(ui, "Go to Train", options)) ui.commands.push_back(ShowView{View::train});
    draw_archive(state, ui);
}

/// Draws the table of runs, newest first.
void draw_runs(const State& state, Ui& ui) {
    const Card card(ui);
    heading(ui, "Runs");
    const auto run_at = [&](std::size_t row) -> const Run& { return state.runs[state.runs.size() - 1 - row]; };
    TableRows rows;
    rows.count = state.runs.size();
    rows.cells = [&](std::size_t row) { return row_of(run_at(row), ui.narrow); };
    rows.button = [&](std::size_t row) { return "Show " + run_at(row).name; };
    const auto selected = std::ranges::find(state.runs, state.selected_run, &Run::id);
    if (selected != state.runs.end()) rows.selected = static_cast<std::size_t>(state.runs.end() - selected) - 1;
    if (const auto pressed = table(ui, "Runs", columns_of(ui.narrow), rows)) {
        forget_deletion(ui);
        ui.commands.push_back(SelectRun{run_at(*pressed).id});
    }
    if (!rows.selected) text(ui, "Choose a run to see its settings, epochs and confusion matrix.", TextStyle::muted);
    draw_archive(state, ui);
}

}  // namespace

void draw_history(const State& state, Ui& ui) {
    if (state.runs.empty()) {
        draw_empty(state, ui);
        return;
    }
    draw_runs(state, ui);
    if (const Run* run = find_run(state, state.selected_run)) draw_run_detail(state, *run, ui);
}

}  // namespace digitlab
