#pragma once

#include <imgui.h>

#include <cstddef>
#include <string>
#include <vector>

#include "ui/mirror.h"

namespace digitlab {

/// Listens to Dear ImGui's test engine hooks and adds to the mirror every labelled item that none of our widgets reported, so
/// that it misses nothing on the screen. Belongs to one Dear ImGui context.
class ItemHooks {
   public:
    /// Starts listening to the current context.
    explicit ItemHooks(Mirror& mirror);
    ItemHooks(const ItemHooks&) = delete;
    ItemHooks& operator=(const ItemHooks&) = delete;

    void begin_frame();
    /// Must be called before Mirror::end_frame. Adds the unreported items and passes on an activation meant for one of them.
    void end_frame();

    // Called by the hooks.
    void item_added(ImGuiID id, float x, float y, float width, float height, bool is_widget);
    void item_described(ImGuiID id, const char* label, int status_flags);

   private:
    struct Item {
        ImGuiID id = 0;
        Role role = Role::button;
        bool checked = false;
        std::string label;
        float x = 0, y = 0, width = 0, height = 0;
        bool clipped = false;
    };
    Mirror& mirror_;
    std::vector<Item> items_;
    Item last_;
    bool last_is_widget_ = false;
};

}  // namespace digitlab
