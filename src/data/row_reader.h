#pragma once

#include "base/result.h"
#include "data/row_gatherer.h"

namespace digitlab {

/// A file on its way into a RowGatherer, a little at a time, so that a page never waits for a large one.
class RowReader {
   public:
    virtual ~RowReader() = default;
    /// Reads on for a few milliseconds at most; nothing once finished. An error names the file and the row or picture in it.
    virtual Status step(RowGatherer& rows) = 0;
    virtual bool finished() const = 0;
    virtual double share_done() const = 0;  ///< 0 to 1
};

}  // namespace digitlab
