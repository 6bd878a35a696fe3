#pragma once

#include <string>

#include "base/random.h"
#include "data/ink.h"

namespace digitlab {

/// Something a person may draw with the pen that is no digit.
struct OtherShape {
    std::string name;  ///< "A", "arrow", "scribble", "filled box"
    InkCanvas canvas;
};

/// Draws a letter or sign that looks like no digit, a scribble or a filled box.
OtherShape draw_other_shape(RandomStream& random);

}  // namespace digitlab
