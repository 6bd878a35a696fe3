#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "app/saving.h"
#include "app/state.h"
#include "base/files.h"
#include "store/history.h"
#include "store/memory_files.h"
#include "store/run_labels.h"

namespace digitlab {

inline constexpr std::size_t longest_run_name = 80;  ///< bytes of UTF-8

/// Manages the stored runs and the state's view of them. Runs that cannot be stored are kept in memory, with their models,
/// while the page is open.
class RunStore : public KeepsUnsaved {
   public:
    /// Called after every change to the files, or with the reason why there was none.
    using Stored = std::function<void(const Status&)>;
    /// Reads the history into the state. All must outlive this.
    RunStore(State& state, Files& files, Stored stored);

    /// What could not be read, of runs and of their labels.
    std::vector<std::string> problems() const;
    StoredAmount stored_runs() const;
    StoredAmount stored_models() const;
    /// Fail like History::model and History::checkpoint.
    Result<Model> model(const std::string& id) const;
    Result<Model> checkpoint(const std::string& id) const;
    /// The same as files; empty for a run that has none.
    Result<Bytes> model_file(const Run& run) const;
    Result<Bytes> checkpoint_file(const Run& run) const;

    /// An unused id, claimed for the next run to be kept, and an unused name.
    std::string unused_id();
    std::string unused_name(const std::string& architecture_id) const;

    /// Makes this the only program that trains the run, and shows the run as other programs have left it. The claim ends when
    /// the run is kept with a status other than queued or running. Fails with "busy" when another program trains it.
    Status claim(const std::string& id);
    /// Shows the runs as other programs have left them, and drops those that are gone.
    void read_others();
    /// Ends the runs that were training or waiting when their program ended; they keep the results of their last epoch. Runs
    /// that another program is training are left alone.
    void end_abandoned();

    /// Shows the run as it is now, without storing it.
    void show(const Run& run);
    /// Shows the run and stores it; see History::save.
    void keep(const Run& run, const Model* model, CheckpointChange checkpoint = {});
    /// Adds a run from elsewhere. Returns its id here, a new one when its own is taken, or "" when it is here already. Fails
    /// with the errors of History::save and then adds nothing.
    Result<std::string> add(Run run, const Model* model, const Model* checkpoint);
    /// Fails with "unknown-run", with "bad-name" for a name that is empty, too long or taken, or with the reason why it cannot
    /// be stored; the run then keeps its old name.
    Status rename(const std::string& id, const std::string& name);
    /// Fails with "unknown-run", with "busy" when another program trains it, or with the reason why the files cannot be
    /// removed.
    Status remove(const std::string& id);

    std::optional<Error> unsaved() const override;
    void store_unsaved() override;

   private:
    /// `name`, or "name (2)" and so on when another run has that name.
    std::string unused_variant(const std::string& name) const;
    /// Sets the run's name to the one the user has chosen, if any.
    void put_label(Run& run) const;
    bool taken(const std::string& id, const std::string& name) const;
    /// The history that has the newest such file of the run: the one in memory if it has one.
    const History& history_with(const std::string Run::* file, const std::string& id) const;
    Status hold_claim(const std::string& id);
    Status store(const Run& run, const Model* model, CheckpointChange checkpoint);
    void keep_in_memory(const Run& run, const Model* model, CheckpointChange checkpoint, const Error& why);

    State& state_;
    Files& files_;
    History history_;
    RunLabels labels_;
    MemoryFiles memory_;
    History unsaved_;  ///< runs whose latest state, and models whose latest weights, are only in memory
    std::optional<Error> why_unsaved_;
    std::map<std::string, Files::Hold> claims_;  ///< of the runs that train here, by id
    Stored stored_;
};

}  // namespace digitlab
