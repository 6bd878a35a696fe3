#include "ui/pressable.h"

#include <utility>

#include "ui/drawing.h"

namespace digitlab {

Press pressable(Ui& ui, const char* key, ImVec2 size, MirrorNode node) {
    const bool enabled = node.enabled;
    node.id = ImGui::GetID(key);
    // An open list covers the widgets below it.
    node.pressable = !ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup);
    Press press;
    ImGui::BeginDisabled(!enabled);
    ImGui::InvisibleButton(key, size);
    press.hovered = ImGui::IsItemHovered();
    ImGui::EndDisabled();
    press.min = ImGui::GetItemRectMin();
    press.max = ImGui::GetItemRectMax();
    press.pressed = ui.mirror.take_activation(node.id) && enabled;
    focus_ring(ui, node.id, press.min, press.max);
    if (press.pressed && node.role == Role::checkbox) node.checked = !node.checked;
    report(ui, std::move(node), press.min, press.max);
    return press;
}

}  // namespace digitlab
