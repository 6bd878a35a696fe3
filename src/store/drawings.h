#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "base/files.h"
#include "predict/drawing.h"
#include "store/stored_name.h"

namespace digitlab {

/// What a log holds at most. A new drawing beyond that makes the oldest one without a label go; labelled ones never go by
/// themselves.
inline constexpr std::size_t most_drawings = 2000;

/// The log of drawings, kept in Files: drawings/<id>.<revision>.json, one small file each. A change writes a new revision and
/// then removes the old one, so that a crash in between leaves at least one whole copy. Damaged or newer files are left
/// alone, never deleted, and listed in `problems`.
class DrawingLog {
   public:
    /// Reads every drawing. `files` must outlive the log.
    explicit DrawingLog(Files& files, std::size_t limit = most_drawings);

    const DrawingList& drawings() const { return drawings_; }  ///< in the order of their numbers
    const Drawing* find(const std::string& id) const;
    const std::vector<std::string>& problems() const { return problems_; }

    /// A new id that no drawing has.
    std::string next_id() const;

    /// Adds the drawing or replaces the one of the same id. An error has changed nothing: those of Files::write, "bad-name" for
    /// an id that cannot be part of a file name, "newer-version", "log-full" when nothing but labelled drawings is left.
    Status save(const Drawing& drawing);
    /// Code "unknown-drawing", or why a file cannot be removed; the drawing is then still there and can be removed again.
    Status remove(const std::string& id);
    /// Removes every drawing that is listed. An error has removed some of them at most from the disk; it can be tried again.
    Status clear();

   private:
    void load(const std::vector<StoredName>& newest_first);
    /// The drawing that has to go for a new one; null when there is room. Code "log-full".
    Result<const Drawing*> one_too_many() const;
    void put(const Drawing& drawing);

    Files& files_;
    std::size_t limit_;
    DrawingList drawings_;
    std::vector<std::string> problems_;
    std::set<std::string> newer_ids_;  ///< drawings whose newest state only a newer program can read
    std::set<std::string> spared_;     ///< paths of files that could not be read
    int next_number_ = 1;              ///< of ids; never goes back, so that the id of a removed drawing is not reused
};

}  // namespace digitlab
