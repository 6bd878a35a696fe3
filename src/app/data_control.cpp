#include "app/data_control.h"

#include <utility>

namespace digitlab {

Status DataControl::handle(DataCommand command) {
    return std::move(command).visit([this]<class Kind>(Kind&& kind) { return on(std::forward<Kind>(kind)); });
}

bool DataControl::advance(double budget_secs) {
    if (!data_.advance(budget_secs)) return false;
    if (!data_.pending()) form_.check();  // the form uses the new data set
    return true;
}

Status DataControl::on(const CancelData& command) {
    // Runs that still wait for the data would ask for it again.
    if (data_.is_downloading(command.id)) {
        if (Status stopped = trainings_.stop_waiting(command.id); !stopped) return stopped;
    }
    return data_.cancel_download(command.id);
}

Status DataControl::on(const ReportDataProgress& command) {
    data_.report_progress(command.id, command.received_bytes, command.total_bytes);
    return {};
}

Status DataControl::on(const ReportDataReady& command) {
    if (Status accepted = data_.accept(command.id, command.pair); !accepted) return accepted;
    trainings_.begin_waiting();
    return {};
}

Status DataControl::on(const ReportDataFailed& command) {
    data_.report_failure(command.id, command.message);
    trainings_.fail_waiting(command.id, command.message);
    return {};
}

Status DataControl::on(const ChooseDataset& command) {
    const Status chosen = data_.choose(command.id);
    form_.check();
    return chosen;
}

Status DataControl::on(const CancelAddDataset&) {
    data_.cancel();
    return {};
}

Status DataControl::on(const RemoveDataset& command) {
    const Status removed = data_.remove(command.id);
    form_.check();
    return removed;
}

}  // namespace digitlab
