#pragma once

#include "app/archive_transfers.h"
#include "app/commands/history.h"
#include "app/models.h"
#include "app/run_store.h"
#include "app/state.h"
#include "app/training_queue.h"
#include "app/view_control.h"

namespace digitlab {

/// Carries out the commands about what is kept between visits: runs with their models, and archives of everything.
class HistoryControl {
   public:
    struct Surroundings {
        RunStore& run_store;
        Models& models;
        TrainingQueue& trainings;
        ArchiveTransfers& archives;
        ViewControl& view;
        bool loads_models = true;  ///< see App::Services
    };
    /// All must outlive this.
    HistoryControl(State& state, Surroundings surroundings) : state_(state), around_(surroundings) {}

    /// Loads the stored models so that they can answer. If files can be written, ends the runs that were training when their
    /// program ended; otherwise they may still be training in the tab that can write.
    void open(bool writable);

    Status handle(HistoryCommand command);

   private:
    Status on(const SelectRun& command);
    Status on(const RenameRun& command);
    Status on(const DeleteRun& command);
    Status on(const ImportArchive& command);
    Status on(const AddReadyModel& command) { return around_.models.add_ready(command.file, command.id); }
    void load_model(const Run& run);

    State& state_;
    Surroundings around_;
};

}  // namespace digitlab
