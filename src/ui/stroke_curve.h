#pragma once

#include "app/command.h"

namespace digitlab {

/// So much wider than the pen is its eraser.
inline constexpr float eraser_times = 2;

/// Makes one smooth line of the points of a stroke, however far apart they are. What is drawn lies half a step behind the
/// newest point until the stroke ends.
class StrokeCurve {
   public:
    /// A stroke begins with a dot. `diameter` is in canvas pixels.
    void begin(InkPoint at, float diameter, bool erases);
    /// The line grows thicker or thinner evenly until it is `diameter` thick at `to`.
    void move_to(InkPoint to, float diameter);
    void end();
    bool open() const { return open_; }
    /// Moves the commands made since the last call to `commands`.
    void append_to(Commands& commands);

   private:
    void line(InkPoint from, InkPoint to, float diameter);

    bool open_ = false, erases_ = false;
    InkPoint last_;    ///< newest point
    InkPoint middle_;  ///< up to here the stroke is drawn
    float diameter_ = 0;
    Commands commands_;
};

}  // namespace digitlab
