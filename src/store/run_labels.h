#pragma once

#include <map>
#include <string>

#include "store/records.h"

namespace digitlab {

/// What the user says about a run. It is kept apart from the run, so that saying it does not rewrite the run.
struct RunLabel {
    std::string name;  ///< "" when the run has the name it was given when it was made
};

/// The labels of runs by the ids of their runs: run-labels/<id>.<revision>.json, {formatVersion, name}; see Records.
class RunLabels : public Records {
   public:
    /// Reads every label. `files` must outlive this.
    explicit RunLabels(Files& files);

    /// Null when nothing was said about the run.
    const RunLabel* find(const std::string& run_id) const;
    /// An error has changed nothing; those of Records::save.
    Status save(const std::string& run_id, RunLabel label);
    /// Succeeds also when there is none.
    Status remove(const std::string& run_id);

   private:
    Status take(const std::string& id, const Json& json) override;
    void drop(const std::string& id) override { labels_.erase(id); }

    std::map<std::string, RunLabel> labels_;
};

}  // namespace digitlab
