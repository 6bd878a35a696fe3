#pragma once

#include <string>

#include "base/random.h"
#include "data/ink.h"

namespace digitlab {

/// Something that a user may draw that is not a digit.
struct OtherShape {
    std::string name;  ///< "A", "arrow", "scribble", "filled box"
    InkCanvas canvas;
};

/// Draws a letter or sign that does not look like a digit, a scribble or a filled box.
OtherShape draw_other_shape(RandomStream& random);

}  // namespace digitlab
