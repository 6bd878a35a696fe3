#pragma once

#include <functional>
#include <string>

#include "app/state.h"
#include "base/files.h"
#include "store/history.h"

namespace digitlab {

/// Keeps runs in the store and the state's view of them. What cannot be stored stays in the state for as long as the page is
/// open.
class RunShelf {
   public:
    /// `stored` hears of every change to the files, or why there was none.
    using Stored = std::function<void(const Status&)>;
    /// Reads the history into the state. All must outlive the shelf.
    RunShelf(State& state, Files& files, Stored stored);

    const std::vector<std::string>& problems() const { return history_.problems(); }
    Result<Model> model(const std::string& id) const { return history_.model(id); }
    Result<Model> checkpoint(const std::string& id) const { return history_.checkpoint(id); }

    /// An id and a name that no run has.
    std::string unused_id() const;
    std::string unused_name(const std::string& architecture_id) const;

    /// Lets the run be seen as it is now, without storing it.
    void show(const Run& run);
    /// Shows the run and stores it; see History::save.
    void keep(const Run& run, const Model* model, CheckpointChange checkpoint = {});
    /// Takes in a run from elsewhere; its id here, which is another when its own is taken, or "" when it is here already. An
    /// error has added nothing; those of History::save.
    Result<std::string> add(Run run, const Model* model, const Model* checkpoint);
    /// Code "unknown-run", or why the files cannot be removed.
    Status remove(const std::string& id);

   private:
    bool taken(const std::string& id, const std::string& name) const;

    State& state_;
    History history_;
    Stored stored_;
};

}  // namespace digitlab
