#include "app/form_control.h"

#include <utility>

#include "app/form_commands.h"

namespace digitlab {

Status FormControl::handle(FormCommand command) {
    return std::move(command).visit([this](const auto& kind) { return on(kind); });
}

void FormControl::check() {
    TrainForm& form = state_.form;
    if (const DatasetEntry* chosen = state_.datasets.find(form.spec.dataset)) form.rows = chosen->train_rows;
    auto spec = spec_from_form(form);
    const Status checked = spec ? planner_.check(*spec) : tl::unexpected(spec.error());
    form.problem = checked ? "" : checked.error().message;
    if (checked) {
        // The check limits these to what the data set has.
        form.spec.subset = spec->subset;
        form.spec.validation_count = spec->validation_count;
    }
    check_sweep();
    ++state_.revision;
}

void FormControl::check_sweep() {
    const auto sweep = sweep_from_forms(state_.sweep_form, state_.form);
    auto trials = sweep ? trials_of(*sweep) : tl::unexpected(sweep.error());
    const Status checked = trials ? planner_.check(*trials) : tl::unexpected(trials.error());
    state_.sweep_form.problem = checked ? "" : checked.error().message;
    state_.sweep_form.count = checked ? trials->size() : 0;
}

/// Carries out the commands that change only the form.
template <class Kind>
Status FormControl::on(const Kind& command) {
    const Status changed = change_form(state_.form, command);
    check();
    return changed;
}

Status FormControl::on(const CopySpec& command) {
    const auto spec = spec_from_form(state_.form);
    if (!spec) return tl::unexpected(spec.error());
    state_.requests.ask(CopySettings{command.format, dump_json(to_json(*spec), command.format == CopyFormat::json ? 2 : -1)});
    return {};
}

Status FormControl::on(const EditSweep& command) {
    state_.sweep_form = command.form;
    check_sweep();
    return {};
}

}  // namespace digitlab
