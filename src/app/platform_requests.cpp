#include "app/platform_requests.h"

#include <algorithm>
#include <utility>

namespace digitlab {

namespace {

template <class Action>
Json details(const Action&) {
    return Json::object();
}
Json details(const SaveDrawings& action) { return {{"format", to_string(action.format)}}; }
Json details(const CopySettings& action) {
    return {{"format", action.format == CopyFormat::link ? "link" : "json"}, {"text", action.text}};
}
Json details(const DownloadDataset& action) { return {{"dataset", action.id}}; }
Json details(const PersistStorage& action) { return {{"ask", action.ask}}; }

Json details(const CancelDownload& action) { return {{"dataset", action.id}}; }

template <class... Actions>
std::vector<std::string> kinds_of(const std::variant<Actions...>*) {
    return {Actions::kind...};
}

}  // namespace

const char* kind_of(const PlatformAction& action) {
    return std::visit([](const auto& one) { return one.kind; }, action);
}

std::vector<std::string> platform_action_kinds() { return kinds_of(static_cast<const PlatformAction*>(nullptr)); }

Json to_json(const PlatformRequest& request) {
    return std::visit(
        [&](const auto& action) {
            Json json = details(action);
            json["id"] = request.id;
            json["kind"] = action.kind;
            return json;
        },
        request.action);
}

void PlatformRequests::ask(PlatformAction action) {
    if (std::ranges::find(waiting_, action, &PlatformRequest::action) != waiting_.end()) return;
    waiting_.push_back({++last_id_, std::move(action)});
}

bool PlatformRequests::take(std::uint64_t id) {
    return std::erase_if(waiting_, [&](const PlatformRequest& request) { return request.id == id; }) > 0;
}

bool PlatformRequests::withdraw(const PlatformAction& action) {
    return std::erase_if(waiting_, [&](const PlatformRequest& request) { return request.action == action; }) > 0;
}

}  // namespace digitlab
