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

void ViewControl::notify(std::string text, bool is_error) {
    state_.notices.push_back({next_notice_++, is_error, std::move(text)});
    ++state_.revision;
}

}  // namespace digitlab
