#pragma once

#include <string>
#include <vector>

#include "base/files.h"
#include "nn/model_file.h"
#include "store/run.h"

namespace digitlab {

/// All runs and their models, kept in Files: runs/<id>.<revision>.json and models/<id>.<revision>.dglb. A change writes a new
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

    /// Adds the run or replaces the one of the same id; `model` null keeps the model it has.
    Status save(Run run, const Model* model);
    /// Code "unknown-run".
    Status remove(const std::string& id);
    Result<Model> model(const std::string& id) const;

   private:
    Files& files_;
    std::vector<Run> runs_;
    std::vector<std::string> problems_;
};

}  // namespace digitlab
