#include "ui/checkbox.h"

#include "ui/drawing.h"

namespace digitlab {

bool toggle_area(Ui& ui, const char* name, bool& checked, ImVec2 size, const std::string& description, ImVec2& min) {
    const ImGuiID id = ImGui::GetID(name);
    bool pressed = ImGui::InvisibleButton(name, size);
    min = ImGui::GetItemRectMin();
    const ImVec2 max = ImGui::GetItemRectMax();
    if (ImGui::IsItemHovered()) ImGui::GetWindowDrawList()->AddRectFilled(min, max, ui.colours.raised, 6);
    focus_ring(ui, id, min, max);
    if (ui.mirror.take_activation(id)) pressed = true;
    if (pressed) checked = !checked;

    MirrorNode node;
    node.id = id;
    node.role = Role::checkbox;
    node.name = name;
    node.checked = checked;
    node.description = description;
    report(ui, std::move(node), min, max);
    return pressed;
}

void draw_tick_box(Ui& ui, ImVec2 min, float side, bool checked) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 max = min + ImVec2(side, side);
    if (!checked) {
        list.AddRectFilled(min, max, ui.colours.surface, 4);
        list.AddRect(min, max, ui.colours.muted, 4);
        return;
    }
    list.AddRectFilled(min, max, ui.colours.accent, 4);
    const ImVec2 tick[] = {min + ImVec2(side * .22F, side * .52F), min + ImVec2(side * .42F, side * .72F),
                           min + ImVec2(side * .78F, side * .3F)};
    list.AddPolyline(tick, 3, ui.colours.on_accent, 0, 2);
}

}  // namespace digitlab
