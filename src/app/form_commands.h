#pragma once

#include "app/commands/form.h"
#include "base/result.h"

namespace digitlab {

// The commands that change only the form. On an error nothing has changed. The caller updates the form's `problem`, which
// depends on the data set.

Status change_form(TrainForm& form, const EditForm& command);
Status change_form(TrainForm& form, const ChoosePreset& command);
Status change_form(TrainForm& form, const OpenSpec& command);
Status change_form(TrainForm& form, const CopyArchitecture& command);
Status change_form(TrainForm& form, const SetLayer& command);
Status change_form(TrainForm& form, const InsertLayer& command);
Status change_form(TrainForm& form, const RemoveLayer& command);
Status change_form(TrainForm& form, const SwapWithNext& command);
Status change_form(TrainForm& form, const ReadArchitecture& command);

}  // namespace digitlab
