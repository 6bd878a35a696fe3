#pragma once

#include "app/commands/form.h"
#include "app/run_planner.h"
#include "app/state.h"

namespace digitlab {

/// Carries out the commands about the settings of the next run or sweep, and checks the settings.
class FormControl {
   public:
    /// Both must outlive this.
    FormControl(State& state, const RunPlanner& planner) : state_(state), planner_(planner) {}

    Status handle(FormCommand command);

    /// Must be called when something that the settings depend on has changed: data sets, models or drawings.
    void check();

   private:
    template <class Kind>
    Status on(const Kind& command);
    Status on(const CopySpec& command);
    Status on(const EditSweep& command);
    void check_sweep();

    State& state_;
    const RunPlanner& planner_;
};

}  // namespace digitlab
