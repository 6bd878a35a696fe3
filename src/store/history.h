#pragma once

#include <string>
#include <vector>

#include "nn/model_file.h"
#include "store/records.h"
#include "store/run.h"

namespace digitlab {

/// What becomes of the checkpoint of a run.
struct CheckpointChange {
    const Model* model = nullptr;  ///< the new one; null: as before
    bool drop = false;             ///< none any more
};

/// All runs with their models and checkpoints: runs/<id>.<revision>.json, models/<id>.<revision>.dglb and
/// checkpoints/<id>.<revision>.dglb; see Records.
class History : public Records {
   public:
    /// Reads every run; models are read when asked for. `files` must outlive the history.
    explicit History(Files& files);

    const std::vector<Run>& runs() const { return runs_; }  ///< oldest first
    const Run* find(const std::string& id) const;

    /// "model_<architecture>_run<N>", N one above the highest in use for this architecture.
    std::string next_name(const std::string& architecture_id) const;
    /// A new id that no run has, and the number in it.
    std::string next_id() const;
    int next_number() const;

    /// Adds the run or replaces the one of the same id; sets `model_file` and `checkpoint_file` itself. An error has changed
    /// nothing; those of Records::save.
    Status save(Run run, const Model* model, CheckpointChange checkpoint = {});
    /// Code "unknown-run", or why a file cannot be removed; the run is then still there and can be removed again.
    Status remove(const std::string& id);
    /// Codes "unknown-run", "no-model", "no-file", "unreadable", "bad-model".
    Result<Model> model(const std::string& id) const;
    /// What the run can be continued from, in single precision; the same codes, "no-checkpoint" instead of "no-model".
    Result<Model> checkpoint(const std::string& id) const;
    /// A model or checkpoint as it is stored. Codes "no-file", "unreadable".
    Result<Bytes> read_file(const std::string& folder, const std::string& file) const {
        return files_.read(folder + "/" + file);
    }

   private:
    Status take(const std::string& id, const Json& json) override;
    void drop(const std::string& id) override;
    void put(Run run);

    std::vector<Run> runs_;
};

}  // namespace digitlab
