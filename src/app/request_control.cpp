#include "app/request_control.h"

#include <algorithm>
#include <utility>

#include "app/notice_causes.h"

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
    const auto& waiting = state_.requests.waiting();
    const auto request = std::ranges::find(waiting, command.id, &PlatformRequest::id);
    if (request == waiting.end()) return fail("unknown-request", "There is no request " + std::to_string(command.id) + ".");
    taken_[command.id] = kind_of(request->action);
    state_.requests.take(command.id);
    return {};
}

Status RequestControl::on(ReportRequestFailed&& command) {
    (void)on(RequestTaken{command.id});  // it may not have been taken before it failed
    view_.show_problem(std::move(command.message), end(command.id));
    return {};
}

Status RequestControl::on(const ReportPersistence& command) {
    state_.storage.persistence = command.answer;
    return {};
}

Status RequestControl::on(const ReportRequestDone& command) {
    view_.problem_solved(end(command.id));
    return {};
}

std::string RequestControl::end(std::uint64_t id) {
    const auto taken = taken_.extract(id);
    return taken ? notice_causes::request(taken.mapped()) : std::string();
}

}  // namespace digitlab
