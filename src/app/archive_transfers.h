#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/drawing_library.h"
#include "app/run_store.h"
#include "base/files.h"
#include "store/archive.h"

namespace digitlab {

/// The result of an import.
struct ImportResult {
    std::vector<std::string> runs;  ///< their ids here
    int drawings = 0;
    int known = 0;  ///< runs and drawings that were here already
};

/// "3 runs and 12 drawings imported; 2 were here already."
std::string to_string(const ImportResult& result);

/// Exports everything that is stored as one file, and imports such files.
class ArchiveTransfers {
   public:
    /// All must outlive it.
    ArchiveTransfers(const State& state, RunStore& run_store, DrawingLibrary& drawings)
        : state_(state), run_store_(run_store), drawings_(drawings) {}

    /// An archive of all runs that have ended, with their models and checkpoints, and of all drawings. Fails with the errors of
    /// files that cannot be read.
    Result<Bytes> make() const;
    /// Adds the runs and drawings that are not here yet, under new ids and names where theirs are taken. Fails with
    /// "bad-archive", or with the reason why something cannot be stored, and then adds nothing.
    Result<ImportResult> take(std::span<const std::uint8_t> bytes);

   private:
    const State& state_;
    RunStore& run_store_;
    DrawingLibrary& drawings_;
};

}  // namespace digitlab
