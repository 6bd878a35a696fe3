#pragma once

#include "data/prepare.h"

namespace digitlab {

/// All stages of a picture as the program makes them when there is no model that could judge: parts of digits are put together
/// by their shapes alone.
PreparedPicture prepare_picture(const GreyImage& grey, const PreparationSteps& steps = {});

}  // namespace digitlab
