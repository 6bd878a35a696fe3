#include "ui/drawing.h"

#include <imgui_internal.h>

#include <algorithm>
#include <string>
#include <utility>

namespace digitlab {

namespace {

constexpr float rounding = 8;
constexpr float least_visible = 3;  ///< an item with fewer CSS pixels on the screen counts as clipped

/// The item that was last scrolled to because it has the focus.
struct FocusShown {
    ImGuiID id = 0;
};

float pixels(const ImFont* font) { return font->FontSize * ImGui::GetIO().FontGlobalScale; }

}  // namespace

ImVec2 operator+(ImVec2 a, ImVec2 b) { return {a.x + b.x, a.y + b.y}; }
ImVec2 operator-(ImVec2 a, ImVec2 b) { return {a.x - b.x, a.y - b.y}; }

float line_height(const ImFont* font) { return pixels(font); }

ImVec2 measure(const ImFont* font, std::string_view text, float wrap_width) {
    return font->CalcTextSizeA(pixels(font), 1e9F, wrap_width, text.data(), text.data() + text.size());
}

void put_text(ImFont* font, ImVec2 place, ImU32 colour, std::string_view text, float wrap_width) {
    ImGui::GetWindowDrawList()->AddText(font, pixels(font), place, colour, text.data(), text.data() + text.size(), wrap_width);
}

void put_text_cut(ImFont* font, ImVec2 place, ImU32 colour, std::string_view text, float width) {
    if (measure(font, text).x <= width) {
        put_text(font, place, colour, text);
        return;
    }
    constexpr std::string_view dots = "\u2026";
    const char* rest = nullptr;
    const float room = width - measure(font, dots).x;
    font->CalcTextSizeA(pixels(font), std::max(room, 0.0F), 0, text.data(), text.data() + text.size(), &rest);
    put_text(font, place, colour, std::string(text.data(), rest).append(dots));
}

void put_text_right(ImFont* font, ImVec2 top_right, ImU32 colour, std::string_view text) {
    put_text(font, {top_right.x - measure(font, text).x, top_right.y}, colour, text);
}

void put_text_centred(ImFont* font, ImVec2 centre, ImU32 colour, std::string_view text) {
    const ImVec2 size = measure(font, text);
    put_text(font, {centre.x - size.x / 2, centre.y - size.y / 2}, colour, text);
}

ImVec2 reserve(ImVec2 size) {
    const ImVec2 place = ImGui::GetCursorScreenPos();
    ImGui::Dummy(size);
    return place;
}

void report(Ui& ui, MirrorNode node, ImVec2 min, ImVec2 max) {
    const ImVec2 clip_min = ImGui::GetWindowDrawList()->GetClipRectMin(),
                 clip_max = ImGui::GetWindowDrawList()->GetClipRectMax();
    const ImVec2 from = {std::max(min.x, clip_min.x), std::max(min.y, clip_min.y)};
    const ImVec2 to = {std::min(max.x, clip_max.x), std::min(max.y, clip_max.y)};
    const bool thin = max.x - min.x < least_visible || max.y - min.y < least_visible;
    const float least = thin ? 0.5F : least_visible;
    node.clipped = to.x - from.x < least || to.y - from.y < least;
    const ImVec2 shown_min = node.clipped ? min : from, shown_max = node.clipped ? max : to;
    node.x = shown_min.x;
    node.y = shown_min.y;
    node.width = shown_max.x - shown_min.x;
    node.height = shown_max.y - shown_min.y;
    ui.mirror.add(std::move(node));
}

void report_item(Ui& ui, MirrorNode node) { report(ui, std::move(node), ImGui::GetItemRectMin(), ImGui::GetItemRectMax()); }

void focus_ring(Ui& ui, ImGuiID id, ImVec2 min, ImVec2 max) {
    if (!ui.mirror.focused(id)) return;
    ImGuiID& shown = ui.states.of<FocusShown>().id;
    if (shown != id) {
        shown = id;
        ImGui::ScrollToRect(ImGui::GetCurrentWindow(), {min, max}, ImGuiScrollFlags_KeepVisibleEdgeY);
    }
    ImGui::GetWindowDrawList()->AddRect(min - ImVec2(3, 3), max + ImVec2(3, 3), ui.colours.accent, rounding + 3, 0, 2);
}

void frame(ImVec2 min, ImVec2 max, ImU32 fill, ImU32 border) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(min, max, fill, rounding);
    list.AddRect(min, max, border, rounding);
}

}  // namespace digitlab
