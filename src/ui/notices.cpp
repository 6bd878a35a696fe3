#include <algorithm>
#include <span>

#include "ui/app_bar.h"
#include "ui/drawing.h"
#include "ui/icons.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr std::size_t most_shown = 3;
constexpr float gap = 8, close_width = 48, text_left = 44, text_margin = 14;

/// The newest ones; dismissing them shows the older.
std::span<const Notice> shown(const State& state) {
    const std::span all(state.notices);
    return all.last(std::min(all.size(), most_shown));
}

float page_margin(const Ui& ui) { return ui.narrow ? 10.0F : 24.0F; }

float box_width(const Ui& ui) { return std::min(ImGui::GetIO().DisplaySize.x - 2 * page_margin(ui), 900.0F); }

float text_width(const Ui& ui) { return box_width(ui) - text_left - close_width; }

float box_height(const Ui& ui, const Notice& notice) {
    return std::max(measure(ui.fonts.body, notice.text, text_width(ui)).y + 2 * text_margin, 46.0F);
}

void draw_notice(Ui& ui, const Notice& notice, ImVec2 min) {
    const float height = box_height(ui, notice);
    const ImVec2 max = min + ImVec2(box_width(ui), height);
    const ImU32 tint = notice.is_error ? ui.colours.bad : ui.colours.accent;
    frame(min, max, notice.is_error ? ui.colours.bad_soft : ui.colours.accent_soft, tint);
    const char* sign = notice.is_error ? icons::warning : icons::about;
    put_text(ui.fonts.body, min + ImVec2(15, text_margin), tint, sign);
    put_text(ui.fonts.body, min + ImVec2(text_left, text_margin), ui.colours.text, notice.text, text_width(ui));

    ImGui::PushID(notice.id);
    MirrorNode node;
    node.id = ImGui::GetID("notice");
    node.role = Role::status;
    node.value = notice.text;
    report(ui, node, min, {max.x - close_width, max.y});
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
    for (const Notice& notice : shown(state)) height += box_height(ui, notice) + gap;
    return height > 0 ? height + gap : 0;
}

void draw_notices(const State& state, Ui& ui) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    float y = size.y - (ui.narrow ? bottom_tabs_height : 0) - notices_height(state, ui) + gap;
    for (const Notice& notice : shown(state)) {
        draw_notice(ui, notice, {(size.x - box_width(ui)) / 2, y});
        y += box_height(ui, notice) + gap;
    }
}

}  // namespace digitlab
