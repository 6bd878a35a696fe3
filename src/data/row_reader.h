#pragma once

#include "base/result.h"
#include "data/row_gatherer.h"

namespace digitlab {

/// Reads a file into a RowGatherer in small steps, so that a large file never blocks the page.
class RowReader {
   public:
    virtual ~RowReader() = default;
    /// Continues for a few milliseconds at most; does nothing once finished. An error names the file and the row or picture.
    virtual Status step(RowGatherer& rows) = 0;
    virtual bool finished() const = 0;
    virtual double share_done() const = 0;  ///< 0 to 1
};

}  // namespace digitlab
