#include "ui/panels/sweep_panel.h"

#include <algorithm>

#include "app/sweep_monitor.h"
#include "ui/fields.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/panels/parallel_lines.h"
#include "ui/panels/run_detail.h"
#include "ui/table.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr std::size_t most_rows = 30;

struct SweepView {
    bool open = false;
    std::string shown;  ///< name of a sweep
};

bool draw_row(SweepForm::Row& row, std::size_t index, Ui& ui) {
    const std::string number = std::to_string(index + 1);
    std::vector<Choice> choices = {{"", "Nothing more"}};
    for (const SpecField* one : sweep_fields()) choices.push_back({one->key, one->title});
    FieldOptions options;
    options.width = (ui.width - ImGui::GetStyle().ItemSpacing.x) / 2;
    options.help = "A setting that differs from training to training.";
    bool changed = false;
    if (const auto chosen = combobox(ui, ("Vary " + number).c_str(), choices, row.key, options)) {
        row.key = *chosen;
        changed = true;
    }
    if (row.key.empty()) return changed;
    ImGui::SameLine();
    options.help = "Values separated by commas; for a random search also a range, such as 0.0001 to 0.1.";
    if (const std::string allowed = allowed_values(spec_field(row.key)); !allowed.empty()) {
        options.help += " Each must be " + allowed + ".";
    }
    if (const auto values = field(ui, ("Values " + number).c_str(), row.values, options)) {
        row.values = *values;
        changed = true;
    }
    return changed;
}

bool draw_search(SweepForm& form, Ui& ui) {
    FieldOptions options;
    options.width = (ui.width - ImGui::GetStyle().ItemSpacing.x) / 2;
    options.help = "Every combination of the values, or some at random, which finds good ones sooner when much is varied.";
    bool changed = false;
    const auto search = combobox(ui, "Search", {{"grid", "Every combination"}, {"random", "At random"}},
                                 form.random ? "random" : "grid", options);
    if (search) {
        form.random = *search == "random";
        changed = true;
    }
    ImGui::SameLine();
    options.help = "Ends a training early when most others were better after as many epochs.";
    const auto stopping = combobox(ui, "Hopeless ones", {{"stop", "Stop early"}, {"go on", "Train to the end"}},
                                   form.median_stopping ? "stop" : "go on", options);
    if (stopping) {
        form.median_stopping = *stopping == "stop";
        changed = true;
    }
    options.help = "How many trainings.";
    if (form.random) changed |= integer_field(ui, "Trainings", form.runs, options);
    return changed;
}

void draw_form(const State& state, Ui& ui) {
    SweepForm form = state.sweep_form;
    bool changed = false;
    text(ui, "Trains what the form says many times, each with other settings, and shows which do best.", TextStyle::muted);
    for (std::size_t row = 0; row < form.rows.size(); ++row) changed |= draw_row(form.rows[row], row, ui);
    changed |= draw_search(form, ui);
    if (changed) ui.commands.push_back(EditSweep{form});
    const std::string& problem = state.sweep_form.problem;
    // The form for one run says its own problem.
    if (!problem.empty() && problem != state.form.problem) status(ui, problem, TextStyle::problem, "sweep problem");
    ButtonOptions options;
    options.icon = icons::play;
    options.enabled = problem.empty();
    options.description = problem;
    options.width = ui.width;
    const std::string label = "Start " + std::to_string(state.sweep_form.count) + " trainings";
    options.label = label.c_str();
    if (button(ui, "Start sweep", options)) ui.commands.push_back(StartSweep{});
}

std::string value_text(const Json& value) { return value.is_string() ? value.get<std::string>() : dump_json(value); }

void draw_runs(const State& state, const std::string& name, Ui& ui) {
    const auto runs = ranked_runs(state, name);
    if (runs.empty()) return;
    heading(ui, name);
    std::vector<TableColumn> columns = {{"Run", 1.6F}};
    const Json& first = runs.front()->sweep->values;
    columns.resize(1 + first.size(), {"", 1, true});
    // Titles must outlive the table.
    std::vector<std::string> titles;
    for (const auto& [key, value] : first.items()) titles.push_back(sweep_title(key));
    for (std::size_t i = 0; i < titles.size(); ++i) columns[i + 1].title = titles[i].c_str();
    columns.insert(columns.end(), {{"Status", 1}, {"Epochs", 0.7F, true}, {"Best validation", 1.2F, true}, {"Test", 1, true}});
    std::vector<std::vector<std::string>> rows;
    for (const Run* run : runs) {
        if (rows.size() == most_rows) break;
        std::vector<std::string> row = {run->name};
        for (const auto& [key, value] : first.items()) row.push_back(value_text(run->sweep->values.value(key, Json())));
        const double best = best_validation_accuracy(*run);
        for (std::string cell : {std::string(status_title(run->status)), std::to_string(run->epochs.size()),
                                 best > 0 ? precise_percent(best) : std::string("\u2013"),
                                 run->test ? precise_percent(run->test->accuracy) : std::string("\u2013")}) {
            row.push_back(std::move(cell));
        }
        rows.push_back(std::move(row));
    }
    table(ui, "Runs of the sweep", columns, rows);
    if (runs.size() > most_rows) text(ui, "The best " + std::to_string(most_rows) + " of " + std::to_string(runs.size()) + ".");
    draw_parallel_lines(runs, ui);
}

std::vector<std::string> names_of(const State& state) {
    std::vector<std::string> names;
    for (auto run = state.runs.rbegin(); run != state.runs.rend(); ++run) {
        if (run->sweep && std::ranges::find(names, run->sweep->name) == names.end()) names.push_back(run->sweep->name);
    }
    return names;
}

}  // namespace

void draw_sweeps(const State& state, Ui& ui) {
    const Card card(ui);
    auto& [open, chosen] = ui.states.of<SweepView>();
    if (expander(ui, "Search for good settings", open, "many trainings at the press of a button")) open = !open;
    if (!open) return;
    draw_form(state, ui);
    const auto names = names_of(state);
    if (names.empty()) return;
    if (std::ranges::find(names, chosen) == names.end()) chosen = names.front();
    if (names.size() > 1) {
        std::vector<Choice> choices;
        for (const std::string& name : names) choices.push_back({name, name});
        if (const auto other = combobox(ui, "Sweep", choices, chosen)) chosen = *other;
    }
    draw_runs(state, chosen, ui);
}

}  // namespace digitlab
