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

/// Keeps runs in the store and the state's view of them. What cannot be stored is kept in memory for as long as the page is
/// open, with its models.
class RunStore : public KeepsUnsaved {
   public:
    /// `stored` hears of every change to the files, or why there was none.
    using Stored = std::function<void(const Status&)>;
    /// Reads the history into the state. All must outlive this.
    RunStore(State& state, Files& files, Stored stored);

    const std::vector<std::string>& problems() const { return history_.problems(); }
    /// Codes of History::model and History::checkpoint.
    Result<Model> model(const std::string& id) const;
    Result<Model> checkpoint(const std::string& id) const;
    /// The same as a file; "" for a run that has none.
    Result<Bytes> model_file(const Run& run) const;
    Result<Bytes> checkpoint_file(const Run& run) const;

    /// An id that no run has, claimed for one that is to be kept next; a name that no run has.
    std::string unused_id();
    std::string unused_name(const std::string& architecture_id) const;

    /// Makes this the only program that trains the run, and shows the run as other programs have left it. It ends when the run
    /// is kept with another status than queued or running. Code "busy" when another program trains it.
    Status claim(const std::string& id);
    /// Shows the runs as other programs have left them, without those that are gone.
    void read_others();
    /// Ends the runs that were training or waiting when their program ended; they keep what their last epoch left. Those that
    /// another program is training are left alone.
    void end_abandoned();

    /// Lets the run be seen as it is now, without storing it.
    void show(const Run& run);
    /// Shows the run and stores it; see History::save.
    void keep(const Run& run, const Model* model, CheckpointChange checkpoint = {});
    /// Takes in a run from elsewhere; its id here, which is another when its own is taken, or "" when it is here already. An
    /// error has added nothing; those of History::save.
    Result<std::string> add(Run run, const Model* model, const Model* checkpoint);
    /// Codes "unknown-run", "bad-name" for a name that is empty, too long or another run's, or why it cannot be stored; the run
    /// then has its name as before.
    Status rename(const std::string& id, const std::string& name);
    /// Code "unknown-run", "busy" when another program trains it, or why the files cannot be removed.
    Status remove(const std::string& id);

    std::optional<Error> unsaved() const override;
    void store_unsaved() override;

   private:
    /// `name`, or "name (2)" and so on where another run has it.
    std::string unused_variant(const std::string& name) const;
    /// Gives the run the name that the user has given it.
    void put_label(Run& run) const;
    bool taken(const std::string& id, const std::string& name) const;
    /// The history that has this file of the run, which is the one in memory if that has one.
    const History& history_with(const std::string Run::* file, const std::string& id) const;
    Status hold_claim(const std::string& id);
    Status store(const Run& run, const Model* model, CheckpointChange checkpoint);
    void keep_in_memory(const Run& run, const Model* model, CheckpointChange checkpoint, const Error& why);

    State& state_;
    Files& files_;
    History history_;
    RunLabels labels_;
    MemoryFiles memory_;
    History unsaved_;  ///< runs whose latest state, and models whose latest weights, are in memory only
    std::optional<Error> why_unsaved_;
    std::map<std::string, Files::Hold> claims_;  ///< of the runs that are trained here, by id
    Stored stored_;
};

}  // namespace digitlab
