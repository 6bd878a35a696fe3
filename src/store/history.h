#pragma once

#include <string>
#include <vector>

#include "nn/model_file.h"
#include "store/records.h"
#include "store/run.h"

namespace digitlab {

/// What to do with the checkpoint of a run.
struct CheckpointChange {
    const Model* model = nullptr;  ///< the new checkpoint; null: keep the old one
    bool drop = false;             ///< remove the old one
};

/// All runs with their models and checkpoints: runs/<id>.<revision>.json, models/<id>.<revision>.dglb and
/// checkpoints/<id>.<revision>.dglb; see Records.
class History : public Records {
   public:
    /// Reads every run; models are read on demand. `files` must outlive the history.
    explicit History(Files& files);

    const std::vector<Run>& runs() const { return runs_; }  ///< oldest first
    const Run* find(const std::string& id) const;

    /// "model_<architecture>_run<N>", where N is one above the highest in use for this architecture.
    std::string next_name(const std::string& architecture_id) const;
    /// An unused id for a new run, and the number in it.
    std::string next_id() const;
    int next_number() const;

    /// Adds the run or replaces the one with the same id; sets `model_file` and `checkpoint_file` itself. Fails with the errors
    /// of Records::save and then changes nothing.
    Status save(Run run, const Model* model, CheckpointChange checkpoint = {});
    /// Fails with "unknown-run", or with the error of a file that cannot be removed; the run is then still there and can be
    /// removed again.
    Status remove(const std::string& id);
    /// Fails with "unknown-run", "no-model", "no-file", "unreadable" or "bad-model".
    Result<Model> model(const std::string& id) const;
    /// What the run can be continued from, in single precision. Fails like `model`, with "no-checkpoint" instead of "no-model".
    Result<Model> checkpoint(const std::string& id) const;
    /// A model or checkpoint as it is stored. Fails with "no-file" or "unreadable".
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
