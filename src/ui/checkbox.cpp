#include "ui/checkbox.h"

#include <utility>

#include "ui/drawing.h"
#include "ui/pressable.h"

namespace digitlab {

bool toggle_area(Ui& ui, const char* name, bool& checked, ImVec2 size, const std::string& description, ImVec2& min) {
    MirrorNode node;
    node.role = Role::checkbox;
    node.name = name;
    node.checked = checked;
    node.description = description;
    const Press press = pressable(ui, name, size, std::move(node));
    if (press.hovered) ImGui::GetWindowDrawList()->AddRectFilled(press.min, press.max, ui.colours.raised, 6);
    if (press.pressed) checked = !checked;
    min = press.min;
    return press.pressed;
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
