#pragma once

#include <imgui.h>

#include <map>
#include <memory>
#include <typeindex>
#include <utility>

namespace digitlab {

/// What panels and widgets remember from frame to frame and nothing else needs to know: what is unfolded, which page is shown.
/// Each declares its own struct beside its code and gets it from here.
class PanelStates {
   public:
    /// The struct of type `State`, created on first use; `id` distinguishes widgets of the same kind. Its address never
    /// changes.
    template <class State>
    State& of(ImGuiID id = 0) {
        std::shared_ptr<void>& held = held_[{typeid(State), id}];
        if (!held) held = std::make_shared<State>();
        return *static_cast<State*>(held.get());
    }

   private:
    std::map<std::pair<std::type_index, ImGuiID>, std::shared_ptr<void>> held_;
};

}  // namespace digitlab
