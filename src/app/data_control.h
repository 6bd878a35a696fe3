#pragma once

#include "app/commands/data.h"
#include "app/dataset_library.h"
#include "app/form_control.h"
#include "app/training_queue.h"

namespace digitlab {

/// Carries out the commands about data sets and informs those who wait for them: runs and the form.
class DataControl {
   public:
    /// All must outlive this.
    DataControl(DatasetLibrary& data, TrainingQueue& trainings, FormControl& form)
        : data_(data), trainings_(trainings), form_(form) {}

    Status handle(DataCommand command);

    bool pending() const { return data_.pending(); }
    /// Reads files for about `budget_secs`. Returns true when something was done.
    bool advance(double budget_secs);

   private:
    Status on(const RequestData& command) { return data_.request(command.id); }
    Status on(const CancelData& command);
    Status on(const ReportDataProgress& command);
    Status on(const ReportDataReady& command);
    Status on(const ReportDataFailed& command);
    Status on(const ChooseDataset& command);
    Status on(AddDataset&& command) { return data_.add(command.name, std::move(command.files)); }
    Status on(const CancelAddDataset& command);
    Status on(const RemoveDataset& command);
    Status on(const SetDatasetKind& command) { return data_.set_kind(command.id, command.kind); }

    DatasetLibrary& data_;
    TrainingQueue& trainings_;
    FormControl& form_;
};

}  // namespace digitlab
