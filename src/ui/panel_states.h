#pragma once

#include <imgui.h>

#include <map>
#include <memory>
#include <typeindex>
#include <utility>

namespace digitlab {

/// What panels and widgets remember from frame to frame and nothing else needs to know: what is unfolded, which page is shown.
/// Each declares a struct of its own beside its code and asks for it here.
class PanelStates {
   public:
    /// The struct of type `State`, made when it is first asked for; `id` tells widgets of one kind apart. It never moves.
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
