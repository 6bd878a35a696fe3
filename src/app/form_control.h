#pragma once

#include "app/commands/form.h"
#include "app/run_planner.h"
#include "app/state.h"

namespace digitlab {

/// The settings of the next training or sweep, and whether they can be trained.
class FormControl {
   public:
    /// Both must outlive this.
    FormControl(State& state, const RunPlanner& planner) : state_(state), planner_(planner) {}

    Status handle(FormCommand command);

    /// To be called when something else has changed that the settings depend on: data sets, models or drawings.
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
