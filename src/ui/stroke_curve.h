#pragma once

#include "app/command.h"

namespace digitlab {

/// How many times wider than the pen the eraser is.
inline constexpr float eraser_times = 2;

/// Makes one smooth line from the points of a stroke, however far apart they are. The line ends half a step behind the newest
/// point until the stroke ends.
class StrokeCurve {
   public:
    /// Starts a stroke with a dot. `diameter` is in canvas pixels.
    void begin(InkPoint at, float diameter, bool erases);
    /// Draws on to `to`; the line changes evenly until it is `diameter` thick there.
    void move_to(InkPoint to, float diameter);
    void end();
    bool open() const { return open_; }
    /// Moves the commands made since the last call to `commands`.
    void append_to(Commands& commands);

   private:
    void line(InkPoint from, InkPoint to, float diameter);

    bool open_ = false, erases_ = false;
    InkPoint last_;    ///< newest point
    InkPoint middle_;  ///< end of the part drawn so far
    float diameter_ = 0;
    Commands commands_;
};

}  // namespace digitlab
