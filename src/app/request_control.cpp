#include "app/request_control.h"

#include <utility>

namespace digitlab {

Status RequestControl::handle(RequestCommand command) {
    return std::move(command).visit([this]<class Kind>(Kind&& kind) { return on(std::forward<Kind>(kind)); });
}

void RequestControl::something_stored() {
    if (!std::exchange(asked_to_persist_, true)) state_.requests.ask(PersistStorage{true});
}

Status RequestControl::on(AskPlatform&& command) {
    state_.requests.ask(std::move(command.action));
    return {};
}

Status RequestControl::on(const RequestTaken& command) {
    if (state_.requests.take(command.id)) return {};
    return fail("unknown-request", "There is no request " + std::to_string(command.id) + ".");
}

Status RequestControl::on(ReportRequestFailed&& command) {
    (void)state_.requests.take(command.id);  // it may have been taken before it failed
    view_.show_problem(std::move(command.message));
    return {};
}

Status RequestControl::on(const ReportPersistence& command) {
    state_.storage.persistence = command.answer;
    return {};
}

}  // namespace digitlab
