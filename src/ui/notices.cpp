#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "ui/app_bar.h"
#include "ui/drawing.h"
#include "ui/icons.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr std::size_t most_shown = 3;
constexpr float gap = 8, close_width = 48, text_left = 44, text_margin = 14;

/// A confirmation disappears after this time; errors stay until they are dismissed.
constexpr double confirmation_secs = 6;

struct NoticeTimes {
    std::map<int, double> first_shown_secs;  ///< by the notice's id
};

bool has_left(const Notice& notice, const Ui& ui) {
    const auto& times = ui.states.of<NoticeTimes>().first_shown_secs;
    const auto first = times.find(notice.id);
    return !notice.is_error && first != times.end() && ui.now_secs >= first->second + confirmation_secs;
}

/// The newest notices, in their order; when they disappear or are dismissed, older ones take their place.
std::vector<const Notice*> newest(const State& state, const Ui& ui, bool left) {
    std::vector<const Notice*> found;
    for (auto notice = state.notices.rbegin(); notice != state.notices.rend() && found.size() < most_shown; ++notice) {
        if (has_left(*notice, ui) == left) found.push_back(&*notice);
    }
    std::ranges::reverse(found);
    return found;
}

float page_margin(const Ui& ui) { return ui.narrow ? 10.0F : 24.0F; }

float box_width(const Ui& ui) { return std::min(ImGui::GetIO().DisplaySize.x - 2 * page_margin(ui), 900.0F); }

float text_width(const Ui& ui) { return box_width(ui) - text_left - close_width; }

float box_height(const Ui& ui, const Notice& notice) {
    return std::max(measure(ui.fonts.body, notice.text, text_width(ui)).y + 2 * text_margin, 46.0F);
}

void report_notice(Ui& ui, const Notice& notice, ImVec2 min, ImVec2 max) {
    MirrorNode node;
    ImGui::PushID(notice.id);
    node.id = ImGui::GetID("notice");
    ImGui::PopID();
    node.role = Role::status;
    node.value = notice.text;
    report(ui, std::move(node), min, max);
}

void keep_time(Ui& ui, const Notice& notice) {
    if (notice.is_error) return;
    const auto [first, is_new] = ui.states.of<NoticeTimes>().first_shown_secs.try_emplace(notice.id, ui.now_secs);
    ui.next_frame_secs = std::min(ui.next_frame_secs, first->second + confirmation_secs);
}

void draw_notice(Ui& ui, const Notice& notice, ImVec2 min) {
    const float height = box_height(ui, notice);
    const ImVec2 max = min + ImVec2(box_width(ui), height);
    const ImU32 tint = notice.is_error ? ui.colours.bad : ui.colours.accent;
    frame(min, max, notice.is_error ? ui.colours.bad_soft : ui.colours.accent_soft, tint);
    const char* sign = notice.is_error ? icons::warning : icons::about;
    put_text(ui.fonts.body, min + ImVec2(15, text_margin), tint, sign);
    put_text(ui.fonts.body, min + ImVec2(text_left, text_margin), ui.colours.text, notice.text, text_width(ui));

    report_notice(ui, notice, min, {max.x - close_width, max.y});
    ImGui::PushID(notice.id);
    ImGui::SetCursorScreenPos({max.x - close_width + 4, min.y + 3});
    ButtonOptions close;
    close.icon = icons::close;
    close.kind = ButtonKind::quiet;
    close.icon_only = true;
    close.description = notice.text;
    if (button(ui, "Dismiss", close)) ui.commands.push_back(DismissNotice{notice.id});
    ImGui::PopID();
}

}  // namespace

float notices_height(const State& state, const Ui& ui) {
    float height = 0;
    for (const Notice* notice : newest(state, ui, false)) height += box_height(ui, *notice) + gap;
    return height > 0 ? height + gap : 0;
}

void draw_notices(const State& state, Ui& ui) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    float y = size.y - (ui.narrow ? bottom_tabs_height : 0) - notices_height(state, ui) + gap;
    for (const Notice* notice : newest(state, ui, false)) {
        draw_notice(ui, *notice, {(size.x - box_width(ui)) / 2, y});
        keep_time(ui, *notice);
        y += box_height(ui, *notice) + gap;
    }
    // A screen reader can still go back to notices that have left the screen.
    for (const Notice* notice : newest(state, ui, true))
        report_notice(ui, *notice, {0, size.y + gap}, {size.x, size.y + 2 * gap});
}

}  // namespace digitlab
