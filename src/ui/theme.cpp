#include "ui/theme.h"

#include <algorithm>

namespace digitlab {

namespace {

constexpr ImU32 rgb(unsigned hex) { return IM_COL32((hex >> 16) & 255, (hex >> 8) & 255, hex & 255, 255); }

constexpr Palette light_palette = {
    .background = rgb(0xF4F6F9),
    .surface = rgb(0xFFFFFF),
    .raised = rgb(0xF0F3F7),
    .border = rgb(0xD9DFE7),
    .text = rgb(0x17202B),
    .muted = rgb(0x51606F),
    .accent = rgb(0x2A56C6),
    .accent_hover = rgb(0x1F469F),
    .on_accent = rgb(0xFFFFFF),
    .accent_soft = rgb(0xE4EBFB),
    .good = rgb(0x15703F),
    .bad = rgb(0xB3261E),
    .bad_soft = rgb(0xFBE9E7),
    .track = rgb(0xDDE3EB),
    .grid = rgb(0xE6EAF0),
    .paper = rgb(0xFFFFFF),
    .ink = rgb(0x111820),
    .series = {rgb(0x0B62B0), rgb(0xC75300)},
    .correct = rgb(0x0B62B0),
};

constexpr Palette dark_palette = {
    .background = rgb(0x12161C),
    .surface = rgb(0x1B2129),
    .raised = rgb(0x262E39),
    .border = rgb(0x313B48),
    .text = rgb(0xE8ECF1),
    .muted = rgb(0xA6B1BF),
    .accent = rgb(0x8DB0FF),
    .accent_hover = rgb(0xAEC7FF),
    .on_accent = rgb(0x0D1830),
    .accent_soft = rgb(0x25324F),
    .good = rgb(0x6FCF97),
    .bad = rgb(0xFF9389),
    .bad_soft = rgb(0x42262A),
    .track = rgb(0x323C49),
    .grid = rgb(0x2A333E),
    .paper = rgb(0x0C1015),
    .ink = rgb(0xF2F5F9),
    .series = {rgb(0x66B8F0), rgb(0xF0A24A)},
    .correct = rgb(0x66B8F0),
};

void apply_sizes(ImGuiStyle& style) {
    style.WindowPadding = {0, 0};
    style.WindowBorderSize = 0;
    style.ChildBorderSize = 0;
    style.PopupBorderSize = 1;
    style.PopupRounding = 8;
    style.FrameRounding = 8;
    style.FramePadding = {12, 9};
    style.ItemSpacing = {12, 10};
    style.ItemInnerSpacing = {8, 6};
    style.ScrollbarSize = 10;
    style.ScrollbarRounding = 5;
    style.GrabRounding = 6;
    style.DisabledAlpha = 0.55F;
    style.WindowMinSize = {1, 1};
}

void set(ImGuiCol index, ImU32 colour) { ImGui::GetStyle().Colors[index] = ImGui::ColorConvertU32ToFloat4(colour); }

}  // namespace

const Palette& palette(bool dark) { return dark ? dark_palette : light_palette; }

void apply_theme(bool dark) {
    ImGui::GetStyle() = ImGuiStyle();
    apply_sizes(ImGui::GetStyle());
    const Palette& colours = palette(dark);
    set(ImGuiCol_Text, colours.text);
    set(ImGuiCol_TextDisabled, colours.muted);
    set(ImGuiCol_WindowBg, colours.background);
    set(ImGuiCol_ChildBg, 0);
    set(ImGuiCol_PopupBg, colours.surface);
    set(ImGuiCol_Border, colours.border);
    set(ImGuiCol_FrameBg, colours.raised);
    set(ImGuiCol_Header, colours.accent_soft);
    set(ImGuiCol_HeaderHovered, colours.raised);
    set(ImGuiCol_HeaderActive, colours.accent_soft);
    set(ImGuiCol_ScrollbarBg, 0);
    set(ImGuiCol_ScrollbarGrab, colours.track);
    set(ImGuiCol_ScrollbarGrabHovered, colours.muted);
    set(ImGuiCol_ScrollbarGrabActive, colours.muted);
}

ImU32 blend(ImU32 under, ImU32 over, float share) {
    const ImVec4 a = ImGui::ColorConvertU32ToFloat4(under), b = ImGui::ColorConvertU32ToFloat4(over);
    const float t = std::clamp(share, 0.0F, 1.0F);
    return ImGui::ColorConvertFloat4ToU32(
        {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t, a.z + (b.z - a.z) * t, a.w + (b.w - a.w) * t});
}

ImU32 with_alpha(ImU32 colour, float alpha) {
    ImVec4 parts = ImGui::ColorConvertU32ToFloat4(colour);
    parts.w *= alpha;
    return ImGui::ColorConvertFloat4ToU32(parts);
}

}  // namespace digitlab
