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

/// What came of an archive.
struct ImportResult {
    std::vector<std::string> runs;  ///< ids they have here
    int drawings = 0;
    int known = 0;  ///< runs and drawings that were here already
};

/// "3 runs and 12 drawings imported; 2 were here already."
std::string to_string(const ImportResult& result);

/// Everything that is kept as one file, and back.
class ArchiveTransfers {
   public:
    /// All must outlive it.
    ArchiveTransfers(const State& state, RunStore& run_store, DrawingLibrary& drawings)
        : state_(state), run_store_(run_store), drawings_(drawings) {}

    /// All runs that have ended, with what is kept of them, and all drawings. Codes of files that cannot be read.
    Result<Bytes> make() const;
    /// Adds what is not here yet, under other ids and names where those are taken. An error has added nothing: "bad-archive",
    /// or why it cannot be stored.
    Result<ImportResult> take(std::span<const std::uint8_t> bytes);

   private:
    const State& state_;
    RunStore& run_store_;
    DrawingLibrary& drawings_;
};

}  // namespace digitlab
