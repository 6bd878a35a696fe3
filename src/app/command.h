#pragma once

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "app/commands/data.h"
#include "app/commands/drawing.h"
#include "app/commands/drawing_log.h"
#include "app/commands/form.h"
#include "app/commands/history.h"
#include "app/commands/request.h"
#include "app/commands/training.h"
#include "app/commands/view.h"
#include "app/commands/why.h"
#include "app/one_of.h"

namespace digitlab {

/// Finds the group that a kind of command belongs to.
template <class... Groups>
struct CommandGroups {
    using Any = OneOf<Groups...>;

    template <class Kind>
    static constexpr bool include = (Groups::template includes<Kind> || ...);

    template <class Kind>
    static constexpr std::size_t index_of() {
        constexpr std::array<bool, sizeof...(Groups)> member = {Groups::template includes<Kind>...};
        std::size_t index = 0;
        while (!member[index]) ++index;
        return index;
    }

    template <class Kind>
    using GroupOf = std::tuple_element_t<index_of<Kind>(), std::tuple<Groups...>>;
};

/// Each group belongs to one part of the program, which carries out its commands.
using AllCommands = CommandGroups<ViewCommand, FormCommand, TrainingCommand, DrawingCommand, DrawingLogCommand, WhyCommand,
                                  DataCommand, HistoryCommand, RequestCommand>;

template <class Kind>
concept CommandKind = AllCommands::include<Kind>;

/// Something the user can do or the platform can report. Panels, the command line and the JavaScript API make commands;
/// App::apply carries each out once and takes ownership of its contents.
class Command {
   public:
    template <CommandKind Kind>
    Command(Kind kind)  // NOLINT(google-explicit-constructor): panels push the kinds themselves
        : group_(AllCommands::GroupOf<Kind>(std::move(kind))) {}

    /// Null when the command is of another kind.
    template <CommandKind Kind>
    const Kind* as() const {
        const auto* group = group_.as<AllCommands::GroupOf<Kind>>();
        return group ? group->template as<Kind>() : nullptr;
    }

    /// Calls `visitor` with the group that the command belongs to.
    template <class Visitor>
    auto visit(const Visitor& visitor) && {
        return std::move(group_).visit(visitor);
    }

   private:
    AllCommands::Any group_;
};

class Commands : public std::vector<Command> {
   public:
    template <CommandKind... Kinds>
    Commands(Kinds... kinds) {  // NOLINT(google-explicit-constructor): `perform({ClearDrawing{}})`
        reserve(sizeof...(Kinds));
        (emplace_back(std::move(kinds)), ...);
    }

    /// Moves all of `more` to the end.
    void take(Commands& more) {
        for (Command& command : more) push_back(std::move(command));
        more.clear();
    }
};

}  // namespace digitlab
