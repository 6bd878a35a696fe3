#include "app/view_control.h"

#include <utility>
#include <vector>

namespace digitlab {

Status ViewControl::handle(ViewCommand command) {
    std::move(command).visit([this](const auto& kind) { on(kind); });
    return {};
}

void ViewControl::on(const DismissNotice& command) {
    std::erase_if(state_.notices, [&](const Notice& notice) { return notice.id == command.id; });
}

void ViewControl::show_problem(std::string text, const std::string& cause) {
    problem_solved(cause);
    notify({0, true, std::move(text), cause});
}

void ViewControl::problem_solved(const std::string& cause) {
    if (cause.empty()) return;
    const auto removed = std::erase_if(state_.notices, [&](const Notice& notice) { return notice.cause == cause; });
    if (removed > 0) ++state_.revision;
}

void ViewControl::notify(Notice notice) {
    notice.id = next_notice_++;
    state_.notices.push_back(std::move(notice));
    ++state_.revision;
}

}  // namespace digitlab
