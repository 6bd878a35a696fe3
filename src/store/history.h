#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/files.h"
#include "nn/model_file.h"
#include "store/run.h"
#include "store/stored_name.h"

namespace digitlab {

/// What becomes of the checkpoint of a run.
struct CheckpointChange {
    const Model* model = nullptr;  ///< the new one; null: as before
    bool drop = false;             ///< none any more
};

/// All runs with their models and checkpoints, kept in Files: runs/<id>.<revision>.json, models/<id>.<revision>.dglb and
/// checkpoints/<id>.<revision>.dglb. A change writes a new
/// revision and then removes the old one, so that a crash in between leaves at least one whole copy. Damaged or newer
/// files are left alone, never deleted, and listed in `problems`.
class History {
   public:
    /// Reads every run; models are read when asked for. `files` must outlive the history.
    explicit History(Files& files);

    const std::vector<Run>& runs() const { return runs_; }  ///< oldest first
    const Run* find(const std::string& id) const;
    const std::vector<std::string>& problems() const { return problems_; }

    /// "model_<architecture>_run<N>", N one above the highest in use for this architecture.
    std::string next_name(const std::string& architecture_id) const;
    /// A new id that no run has.
    std::string next_id() const;

    /// Adds the run or replaces the one of the same id. Sets `model_file` and `checkpoint_file` itself. An error has changed
    /// nothing: those of Files::write, "bad-name" for an id that cannot be part of a file name, "newer-version".
    Status save(Run run, const Model* model, CheckpointChange checkpoint = {});
    /// Code "unknown-run", or why a file cannot be removed; the run is then still there and can be removed again.
    Status remove(const std::string& id);
    /// Codes "unknown-run", "no-model", "no-file", "unreadable", "bad-model".
    Result<Model> model(const std::string& id) const;
    /// What the run can be continued from, in single precision; the same codes, "no-checkpoint" instead of "no-model".
    Result<Model> checkpoint(const std::string& id) const;

   private:
    void load(const std::vector<StoredName>& newest_first);
    void remove_superseded(const std::vector<StoredName>& names, const Run& run);
    void put(Run run);

    Files& files_;
    std::vector<Run> runs_;
    std::vector<std::string> problems_;
    std::set<std::string> newer_ids_;  ///< runs whose newest state only a newer program can read
    std::set<std::string> spared_;     ///< paths of files that could not be read, and of models that may belong to them
    int next_number_ = 1;              ///< of ids; never goes back, so that the id of a deleted run is not reused
};

}  // namespace digitlab
