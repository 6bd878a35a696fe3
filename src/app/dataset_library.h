#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/saving.h"
#include "app/state.h"
#include "base/clock.h"
#include "base/files.h"
#include "data/dataset_files.h"
#include "store/datasets.h"

namespace digitlab {

/// Keeps the data sets: MNIST and Fashion-MNIST, which the platform downloads when they are asked for, and the user's own,
/// which are read from files a little at a time and kept in Files.
class DatasetLibrary : public KeepsUnsaved {
   public:
    struct Reports {
        std::function<void(const Status&)> stored;               ///< hears of every change to the files, or why there was none
        std::function<void(const std::string& message)> failed;  ///< hears why there is no data set
    };
    /// Reads what is stored. All must outlive it.
    DatasetLibrary(State& state, Files& files, Clock clock, Reports reports);

    const std::vector<std::string>& problems() const { return store_.problems(); }

    // --- the user's own data sets -----------------------------------------------------------------------------------------

    /// Begins to read files. Codes "busy", "bad-name" and those of DatasetImport::open.
    Status add(const std::string& name, std::vector<NamedFile> files);
    void cancel();
    bool pending() const { return import_ != nullptr; }
    /// Reads for about `budget_secs`. True when something was done.
    bool advance(double budget_secs);
    /// Codes "unknown-dataset", "busy" while it trains, or why it cannot be removed.
    Status remove(const std::string& id);

    // --- all data sets ----------------------------------------------------------------------------------------------------

    /// Makes the form's next training one on this data set. Code "unknown-dataset".
    Status choose(const std::string& id);
    /// Loads what is stored, or asks for the download; does nothing when it is there or on its way. Codes "unknown-dataset" and
    /// those of DatasetStore::load.
    Status request(const std::string& id);
    bool ready(const std::string& id) const;

    void report_progress(const std::string& id, double received_bytes, double total_bytes);
    /// The pictures are there. An id that is not known makes a data set that is kept until the program ends. Code "no-data".
    Status accept(const std::string& id, const DataPair& pair);
    void report_failure(const std::string& id, const std::string& message);

    /// What a spec has to be for its data set: known, without drawings unless it is MNIST, and with at most a sixth of a small
    /// one kept for validation. Codes "unknown-dataset" and "bad-spec".
    Status suit(ExperimentSpec& spec) const;

    /// Shows the data sets that other programs have added.
    void read_others();
    std::optional<Error> unsaved() const override { return unsaved_ids_.empty() ? std::nullopt : why_unsaved_; }
    void store_unsaved() override;

   private:
    /// An id made of `name` that no data set has, nor had since the program began: the files of one that was removed may still
    /// be there while a flush is on its way, and the runs that were trained on it are not to become those of another.
    std::string unused_id(const std::string& name) const;
    void finish_import();
    void fail_import(const Error& error);
    bool is_trained_on(const std::string& id) const;
    /// Frees the pictures of stored data sets that nothing needs, but for those of `id`.
    void unload_unused(const std::string& id);

    State& state_;
    DatasetStore store_;
    Clock clock_;
    Reports reports_;
    std::unique_ptr<DatasetImport> import_;
    std::set<std::string> removed_ids_;
    std::set<std::string> unsaved_ids_;  ///< of data sets that could not be stored
    std::optional<Error> why_unsaved_;
};

/// How many rows of a data set are kept for validation at most: a sixth, but never fewer than one.
int most_validation_rows(std::size_t train_rows);

}  // namespace digitlab
