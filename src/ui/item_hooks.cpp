#include "ui/item_hooks.h"

#include <imgui_internal.h>

#include <utility>

namespace digitlab {

ItemHooks::ItemHooks(Mirror& mirror) : mirror_(mirror) {
    ImGuiContext& context = *ImGui::GetCurrentContext();
    context.TestEngine = this;
    context.TestEngineHookItems = true;
}

void ItemHooks::begin_frame() { items_.clear(); }

void ItemHooks::item_added(ImGuiID id, float x, float y, float width, float height, bool is_widget) {
    last_.id = id;
    last_.x = x;
    last_.y = y;
    last_.width = width;
    last_.height = height;
    last_is_widget_ = is_widget;
}

void ItemHooks::item_described(ImGuiID id, const char* label, int status_flags) {
    // Windows are items too, but cannot be pressed. Labels that begin with "##" are internal.
    if (!last_is_widget_ || id != last_.id || !label || label[0] == '\0' || label[0] == '#') return;
    Item item = last_;
    item.label.assign(label, ImGui::FindRenderedTextEnd(label));
    item.role = (status_flags & ImGuiItemStatusFlags_Checkable) != 0   ? Role::checkbox
                : (status_flags & ImGuiItemStatusFlags_Inputable) != 0 ? Role::field
                                                                       : Role::button;
    item.checked = (status_flags & ImGuiItemStatusFlags_Checked) != 0;
    item.clipped = (status_flags & ImGuiItemStatusFlags_Visible) == 0;
    items_.push_back(std::move(item));
}

void ItemHooks::end_frame() {
    for (Item& item : items_) {
        if (mirror_.contains(item.id)) continue;
        if (mirror_.take_activation(item.id)) ImGui::ActivateItemByID(item.id);
        MirrorNode node;
        node.id = item.id;
        node.role = item.role;
        node.name = std::move(item.label);
        node.checked = item.checked;
        node.x = item.x;
        node.y = item.y;
        node.width = item.width;
        node.height = item.height;
        node.clipped = item.clipped;
        mirror_.add(std::move(node));
    }
}

}  // namespace digitlab

// The functions that Dear ImGui requires of a test engine (imgui_internal.h).

void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, ImGuiID id, const ImRect& box, const ImGuiLastItemData* item) {
    if (auto* hooks = static_cast<digitlab::ItemHooks*>(context->TestEngine)) {
        hooks->item_added(id, box.Min.x, box.Min.y, box.GetWidth(), box.GetHeight(), item != nullptr);
    }
}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext* context, ImGuiID id, const char* label, ImGuiItemStatusFlags flags) {
    if (auto* hooks = static_cast<digitlab::ItemHooks*>(context->TestEngine)) hooks->item_described(id, label, flags);
}

void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}

const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return nullptr; }
