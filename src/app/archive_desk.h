#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/drawing_desk.h"
#include "app/run_shelf.h"
#include "base/files.h"
#include "store/archive.h"

namespace digitlab {

/// What came of an archive.
struct ImportResult {
    std::vector<std::string> runs;  ///< ids they have here
    int drawings = 0;
    int known = 0;  ///< runs and drawings that were here already
};

/// "3 runs and 12 drawings imported; 2 were here already."
std::string to_string(const ImportResult& result);

/// Everything that is kept as one file, and back.
class ArchiveDesk {
   public:
    /// All must outlive the desk.
    ArchiveDesk(const State& state, RunShelf& shelf, DrawingDesk& drawings)
        : state_(state), shelf_(shelf), drawings_(drawings) {}

    /// All runs that have ended, with what is kept of them, and all drawings. Codes of files that cannot be read.
    Result<Bytes> make() const;
    /// Adds what is not here yet, under other ids and names where those are taken. An error has added nothing: "bad-archive",
    /// or why it cannot be stored.
    Result<ImportResult> take(std::span<const std::uint8_t> bytes);

   private:
    const State& state_;
    RunShelf& shelf_;
    DrawingDesk& drawings_;
};

}  // namespace digitlab
