#pragma once

#include <map>
#include <string>

#include "store/records.h"

namespace digitlab {

/// What the user notes about a run. It is kept separately, so that a change does not rewrite the run.
struct RunLabel {
    std::string name;  ///< "" when the run keeps its original name
};

/// The labels of runs, by run id: run-labels/<id>.<revision>.json, {formatVersion, name}; see Records.
class RunLabels : public Records {
   public:
    /// Reads every label. `files` must outlive this.
    explicit RunLabels(Files& files);

    /// Null when the run has no label.
    const RunLabel* find(const std::string& run_id) const;
    /// Fails with the errors of Records::save and then changes nothing.
    Status save(const std::string& run_id, RunLabel label);
    /// Also succeeds when there is none.
    Status remove(const std::string& run_id);

   private:
    Status take(const std::string& id, const Json& json) override;
    void drop(const std::string& id) override { labels_.erase(id); }

    std::map<std::string, RunLabel> labels_;
};

}  // namespace digitlab
