#include "ui/app_bar.h"

#include <algorithm>
#include <string>

#include "ui/drawing.h"
#include "ui/icons.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

const char* icon(View view) {
    switch (view) {
        case View::train: return icons::train;
        case View::draw: return icons::draw;
        case View::history: return icons::history;
        case View::inspect: return icons::inspect;
        case View::data: return icons::data;
        case View::about: return icons::about;
    }
    return "";
}

const char* word(SavePhase phase) {
    switch (phase) {
        case SavePhase::saved: return "Saved";
        case SavePhase::saving: return "Saving\u2026";
        case SavePhase::failed: return "Not saved";
        case SavePhase::read_only: return "Read only";
    }
    return "";
}

ImU32 colour(const Ui& ui, SavePhase phase) {
    if (phase == SavePhase::saved) return ui.colours.good;
    return phase == SavePhase::failed ? ui.colours.bad : ui.colours.muted;
}

std::string environment_words(const Environment& environment) {
    return environment.variant + ", " + std::to_string(environment.threads) +
           (environment.threads == 1 ? " thread" : " threads");
}

/// Draws the status right-aligned and returns its left edge.
float draw_save_status(const State& state, Ui& ui, float right, float height, bool with_environment) {
    const SavePhase phase = state.save.phase;
    const ImU32 tint = colour(ui, phase);
    const std::string words = word(phase);
    const std::string details = environment_words(state.environment);
    ImFont* font = ui.fonts.body;
    const float word_width = measure(font, words).x;
    const float width = std::max(word_width, with_environment ? measure(ui.fonts.small, details).x : 0.0F) + 18;
    const float left = right - width, middle = height / 2 - (with_environment ? 9.0F : 0.0F);
    ImGui::GetWindowDrawList()->AddCircleFilled({left + 5, middle}, 4, tint);
    put_text(font, {left + 16, middle - line_height(font) / 2}, tint, words);
    if (with_environment) put_text(ui.fonts.small, {left + 16, height / 2 + 4}, ui.colours.muted, details);

    MirrorNode node;
    node.id = ImGui::GetID("save status");
    node.role = Role::status;
    node.value = words;
    node.description = state.save.message;
    report(ui, node, {left, middle - 10}, {right, middle + 10});
    node = {};
    node.id = ImGui::GetID("environment");
    node.role = Role::text;
    node.value = details;
    report(ui, node, {left, height / 2}, {right, height / 2 + 20});
    return left;
}

void draw_tabs(const State& state, Ui& ui, ImVec2 start, float gap, const TabOptions& common) {
    ImGui::SetCursorScreenPos(start);
    for (const View view : all_views) {
        TabOptions options = common;
        options.selected = view == state.view;
        if (options.icon_above || options.icon) options.icon = icon(view);
        if (tab(ui, title(view), options)) ui.commands.push_back(ShowView{view});
        if (view != View::about) ImGui::SameLine(0, gap);
    }
}

}  // namespace

void draw_app_bar(const State& state, Ui& ui) {
    const float width = ImGui::GetIO().DisplaySize.x;
    const float height = ui.narrow ? narrow_app_bar_height : app_bar_height;
    const float margin = ui.narrow ? 16.0F : 24.0F;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled({0, 0}, {width, height}, ui.colours.surface);
    list.AddLine({0, height - 0.5F}, {width, height - 0.5F}, ui.colours.border);

    // The logo: the bowl and stem of a digit.
    const ImVec2 mark = {margin + 12, height / 2};
    list.AddRectFilled(mark - ImVec2(13, 13), mark + ImVec2(13, 13), ui.colours.accent, 8);
    list.AddCircle(mark + ImVec2(0, 2.5F), 4.5F, ui.colours.on_accent, 0, 2.4F);
    list.AddLine(mark + ImVec2(-4.2F, 1), mark + ImVec2(1, -8), ui.colours.on_accent, 2.4F);
    ImFont* name_font = ui.fonts.heading;
    put_text(name_font, {margin + 34, (height - line_height(name_font)) / 2}, ui.colours.text, "Digit Lab");
    MirrorNode node;
    node.id = ImGui::GetID("Digit Lab");
    node.role = Role::heading;
    node.name = "Digit Lab";
    const float name_end = margin + 34 + measure(name_font, "Digit Lab").x;
    report(ui, node, {margin, 8}, {name_end, height - 8});

    if (!ui.narrow) {
        TabOptions options;
        if (width >= 1000) options.icon = icons::train;
        draw_tabs(state, ui, {name_end + 24, (height - options.size.y) / 2}, 2, options);
    }
    const bool dark = ui.dark;
    ImGui::SetCursorScreenPos({width - margin - 34, (height - 40) / 2});
    ButtonOptions toggle;
    toggle.icon = dark ? icons::sun : icons::moon;
    toggle.kind = ButtonKind::quiet;
    toggle.icon_only = true;
    ImGui::PushID("theme");
    if (button(ui, dark ? "Light theme" : "Dark theme", toggle)) {
        ui.commands.push_back(ChooseTheme{dark ? ThemeChoice::light : ThemeChoice::dark});
    }
    ImGui::PopID();
    draw_save_status(state, ui, width - margin - 48, height, !ui.narrow && width >= 860);
}

void draw_bottom_tabs(const State& state, Ui& ui) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const float top = size.y - bottom_tabs_height;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled({0, top}, size, ui.colours.surface);
    list.AddLine({0, top + 0.5F}, {size.x, top + 0.5F}, ui.colours.border);
    TabOptions options;
    options.icon_above = true;
    constexpr float margin = 4, gap = 2;
    options.size = {(size.x - 2 * margin - 5 * gap) / 6, bottom_tabs_height - 8};
    draw_tabs(state, ui, {margin, top + 4}, gap, options);
}

}  // namespace digitlab
