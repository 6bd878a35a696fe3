#pragma once

#include "app/commands/form.h"
#include "base/result.h"

namespace digitlab {

// The commands that change nothing but the form. An error has changed nothing. The form's `problem`, which depends on the data
// set, is left to the caller.

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
