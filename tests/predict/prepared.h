#pragma once

#include "data/prepare.h"

namespace digitlab {

/// All stages of a picture, prepared without a model to judge: parts of digits are joined by their shapes alone.
PreparedPicture prepare_picture(const GreyImage& grey, const PreparationSteps& steps = {});

}  // namespace digitlab
