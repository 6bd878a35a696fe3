#include "app/history_control.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "app/notice_causes.h"

namespace digitlab {

Status HistoryControl::handle(HistoryCommand command) {
    return std::move(command).visit([this](const auto& kind) { return on(kind); });
}

void HistoryControl::open(bool writable) {
    if (writable) around_.run_store.end_abandoned();
    const std::vector<std::string> known = around_.models.predictor().ids();
    for (const Run& run : state_.runs) {
        if (!run.model_file.empty() && std::ranges::find(known, run.id) == known.end()) load_model(run);
    }
}

void HistoryControl::load_model(const Run& run) {
    if (!around_.loads_models) return;
    const auto model = around_.run_store.model(run.id);
    const Status added = model ? around_.models.add(run, *model) : tl::unexpected(model.error());
    if (!added) around_.view.show_problem(run.name + " cannot answer: " + added.error().message, notice_causes::model(run.id));
}

Status HistoryControl::on(const SelectRun& command) {
    state_.selected_run = command.id;
    return {};
}

Status HistoryControl::on(const RenameRun& command) {
    if (Status renamed = around_.run_store.rename(command.id, command.name); !renamed) return renamed;
    around_.models.rename(command.id, command.name);
    return {};
}

Status HistoryControl::on(const DeleteRun& command) {
    if (around_.trainings.works_on(command.id)) {
        return fail("busy", "This run is training. Stop it before deleting it.");
    }
    if (Status removed = around_.run_store.remove(command.id); !removed) return removed;
    around_.trainings.forget(command.id);
    around_.models.remove(command.id);
    around_.view.problem_solved(notice_causes::model(command.id));
    return {};
}

Status HistoryControl::on(const ImportArchive& command) {
    const auto imported = around_.archives.take(command.file);
    if (!imported) return tl::unexpected(imported.error());
    for (const std::string& id : imported->runs) {
        const Run& run = *find_run(state_, id);
        if (!run.model_file.empty()) load_model(run);
    }
    around_.view.problem_solved(notice_causes::archive);
    around_.view.show_done(to_string(*imported));
    return {};
}

}  // namespace digitlab
