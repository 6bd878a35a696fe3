#pragma once

#include <string>
#include <vector>

#include "base/random.h"
#include "data/ink.h"

namespace digitlab {

/// Something a person may draw with the pen that is no digit.
struct OtherShape {
    std::string name;  ///< "A"
    InkCanvas canvas;
};

/// Letters and signs that look like no digit.
std::vector<std::string> other_shape_names();

/// One of them, written a little differently each time: slant, proportions, shaky corners, pen. `name` is one of the names.
OtherShape draw_sign(const std::string& name, RandomStream& random);

/// A pen going to and fro without lifting.
OtherShape draw_scribble(RandomStream& random);

/// A box filled with ink.
OtherShape draw_filled_box(RandomStream& random);

/// One of all these.
OtherShape draw_other_shape(RandomStream& random);

}  // namespace digitlab
