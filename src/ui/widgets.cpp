#include "ui/widgets.h"

#include <algorithm>
#include <utility>

#include "ui/drawing.h"
#include "ui/format.h"
#include "ui/pressable.h"

namespace digitlab {

namespace {

constexpr float rounding = 8;

struct Look {
    ImFont* font;
    ImU32 colour;
};

Look look(const Ui& ui, TextStyle style) {
    switch (style) {
        case TextStyle::title: return {ui.fonts.heading, ui.colours.text};
        case TextStyle::body: return {ui.fonts.body, ui.colours.text};
        case TextStyle::strong: return {ui.fonts.strong, ui.colours.text};
        case TextStyle::muted: return {ui.fonts.body, ui.colours.muted};
        case TextStyle::small: return {ui.fonts.small, ui.colours.muted};
        case TextStyle::problem: return {ui.fonts.body, ui.colours.bad};
    }
    return {ui.fonts.body, ui.colours.text};
}

ImGuiID id_of(std::string_view words) { return ImGui::GetID(words.data(), words.data() + words.size()); }

void words_as(Ui& ui, Role role, std::string_view words, Look how, const char* key) {
    const ImVec2 size = measure(how.font, words, ui.width);
    const ImVec2 place = reserve(size);
    put_text(how.font, place, how.colour, words, ui.width);
    MirrorNode node;
    node.id = key ? ImGui::GetID(key) : id_of(words);
    node.role = role;
    (role == Role::heading ? node.name : node.value) = words;
    report_item(ui, std::move(node));
}

struct ButtonColours {
    ImU32 fill, text, border;
};

ButtonColours colours_of(const Ui& ui, ButtonKind kind, bool hovered) {
    const Palette& colours = ui.colours;
    switch (kind) {
        case ButtonKind::primary: return {hovered ? colours.accent_hover : colours.accent, colours.on_accent, 0};
        case ButtonKind::quiet: return {hovered ? colours.raised : 0, colours.muted, 0};
        case ButtonKind::danger: return {hovered ? colours.bad_soft : colours.surface, colours.bad, colours.border};
        case ButtonKind::plain: break;
    }
    return {hovered ? colours.raised : colours.surface, colours.text, colours.border};
}

void draw_button(const Ui& ui, const char* name, const ButtonOptions& options, const Press& press) {
    const auto [min, max, hovered, pressed] = press;
    ButtonColours colours = colours_of(ui, options.kind, hovered);
    if (options.stays_pressed.value_or(false)) colours = {ui.colours.accent_soft, ui.colours.accent, ui.colours.accent};
    if (!options.enabled) {
        const bool quiet = options.kind == ButtonKind::quiet;
        colours = {quiet ? 0 : ui.colours.raised, quiet ? with_alpha(ui.colours.muted, 0.35F) : ui.colours.muted, 0};
    }
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(min, max, colours.fill, rounding);
    if (colours.border != 0) list.AddRect(min, max, colours.border, rounding);
    ImFont* font = options.kind == ButtonKind::primary ? ui.fonts.strong : ui.fonts.body;
    const char* label = options.icon_only ? "" : options.label ? options.label : name;
    const float icon_width = options.icon ? measure(font, options.icon).x : 0;
    const float gap = options.icon && !options.icon_only ? 8.0F : 0.0F;
    const float label_width = measure(font, label).x;
    float x = (min.x + max.x - icon_width - gap - label_width) / 2;
    const float y = (min.y + max.y - line_height(font)) / 2;
    if (options.icon) put_text(font, {x, y}, colours.text, options.icon);
    x += icon_width + gap;
    put_text(font, {x, y}, colours.text, label);
}

float natural_width(const Ui& ui, const char* name, const ButtonOptions& options) {
    if (options.icon_only) return button_height;
    const ImFont* font = options.kind == ButtonKind::primary ? ui.fonts.strong : ui.fonts.body;
    const float icon = options.icon ? measure(font, options.icon).x + 8 : 0;
    return measure(font, options.label ? options.label : name).x + icon + 32;
}

}  // namespace

void text(Ui& ui, std::string_view words, TextStyle style, const char* key) {
    words_as(ui, Role::text, words, look(ui, style), key);
}

void heading(Ui& ui, std::string_view words) {
    words_as(ui, Role::heading, words, {ui.fonts.heading, ui.colours.text}, nullptr);
}

void status(Ui& ui, std::string_view words, TextStyle style, const char* key) {
    words_as(ui, Role::status, words, look(ui, style), key);
}

bool button(Ui& ui, const char* name, const ButtonOptions& options) {
    MirrorNode node;
    node.role = Role::button;
    node.name = name;
    node.enabled = options.enabled;
    node.toggles = options.stays_pressed.has_value();
    node.checked = options.stays_pressed.value_or(false);
    node.description = options.description;
    const float width = options.width > 0 ? options.width : natural_width(ui, name, options);
    const Press press = pressable(ui, name, {width, button_height}, std::move(node));
    draw_button(ui, name, options, press);
    return press.pressed;
}

bool expander(Ui& ui, const char* name, bool open, const std::string& description) {
    MirrorNode node;
    node.role = Role::button;
    node.name = name;
    node.expandable = true;
    node.expanded = open;
    node.description = description;
    const auto [min, max, hovered, pressed] = pressable(ui, name, {ui.width, button_height}, std::move(node));
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (hovered) list.AddRectFilled(min, max, ui.colours.raised, rounding);
    const float x = min.x + 12, y = (min.y + max.y) / 2;
    const ImVec2 closed_mark[] = {{x - 3, y - 6}, {x + 3, y}, {x - 3, y + 6}};
    const ImVec2 open_mark[] = {{x - 6, y - 3}, {x, y + 3}, {x + 6, y - 3}};
    list.AddPolyline(open ? open_mark : closed_mark, 3, ui.colours.muted, 0, 2);
    put_text(ui.fonts.body, {min.x + 28, y - line_height(ui.fonts.body) / 2}, ui.colours.text, name);
    return pressed;
}

bool tab(Ui& ui, const char* name, const TabOptions& options) {
    ImFont* font = options.icon_above ? ui.fonts.small : options.selected ? ui.fonts.strong : ui.fonts.body;
    const bool icon_beside = options.icon && !options.icon_above;
    const float icon_width = icon_beside ? measure(ui.fonts.body, options.icon).x + 8 : 0;
    // Measure in semibold, which is wider, so that the tab keeps its width when it is selected.
    const float label_width = measure(options.icon_above ? ui.fonts.small : ui.fonts.strong, name).x;
    const ImVec2 size = {options.size.x > 0 ? options.size.x : label_width + icon_width + 26, options.size.y};
    MirrorNode node;
    node.role = Role::tab;
    node.name = name;
    node.checked = options.selected;
    const auto [min, max, hovered, pressed] = pressable(ui, name, size, std::move(node));

    const ImU32 fill = options.selected ? ui.colours.accent_soft : hovered ? ui.colours.raised : 0;
    const ImU32 colour = options.selected ? ui.colours.accent : ui.colours.muted;
    ImGui::GetWindowDrawList()->AddRectFilled(min, max, fill, rounding);
    const float middle = (min.x + max.x) / 2;
    if (options.icon_above) {
        put_text_centred(ui.fonts.body, {middle, min.y + 18}, colour, options.icon);
        put_text_centred(font, {middle, max.y - 16}, colour, name);
    } else {
        const float y = (min.y + max.y - line_height(font)) / 2;
        if (icon_beside) put_text(ui.fonts.body, {min.x + 13, y}, colour, options.icon);
        put_text_centred(font, {middle + icon_width / 2, (min.y + max.y) / 2}, colour, name);
    }
    return pressed;
}

void progress_bar(Ui& ui, const char* name, double share) {
    constexpr float height = 8;
    const float part = static_cast<float>(std::clamp(share, 0.0, 1.0));
    const ImVec2 min = reserve({ui.width, height});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(min, min + ImVec2(ui.width, height), ui.colours.track, height / 2);
    const float filled = std::max(ui.width * part, part > 0 ? height : 0);
    if (filled > 0) list.AddRectFilled(min, min + ImVec2(filled, height), ui.colours.accent, height / 2);
    MirrorNode node;
    node.id = ImGui::GetID(name);
    node.role = Role::progressbar;
    node.name = name;
    node.value = fixed(static_cast<double>(part), 3);
    node.maximum = 1;
    report_item(ui, std::move(node));
}

void tile(Ui& ui, const char* label, std::string_view figure, float width) {
    constexpr float height = 70;
    const ImVec2 min = reserve({width, height});
    const ImVec2 max = min + ImVec2(width, height);
    ImGui::GetWindowDrawList()->AddRectFilled(min, max, ui.colours.raised, rounding);
    put_text_cut(ui.fonts.small, min + ImVec2(12, 11), ui.colours.muted, label, width - 16);
    ImFont* font = measure(ui.fonts.heading, figure).x <= width - 20 ? ui.fonts.heading : ui.fonts.strong;
    put_text_cut(font, {min.x + 12, max.y - 13 - line_height(font)}, ui.colours.text, figure, width - 16);
    MirrorNode node;
    node.id = ImGui::GetID(label);
    node.role = Role::text;
    node.value = std::string(label).append(" ").append(figure);
    report_item(ui, std::move(node));
}

void same_line_if_fits(Ui& ui, float width) {
    const float start = ImGui::GetCursorScreenPos().x;
    const float next = ImGui::GetItemRectMax().x + ImGui::GetStyle().ItemSpacing.x;
    if (next + width <= start + ui.width + 0.5F) ImGui::SameLine();
}

}  // namespace digitlab
