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

/// Manages the data sets: MNIST and Fashion-MNIST, which the platform downloads on request, and the user's own, which are read
/// from files a little at a time and stored in Files.
class DatasetLibrary : public KeepsUnsaved {
   public:
    struct Reports {
        std::function<void(const Status&)> stored;  ///< called after every change to the files, or with why not
        /// Called with the reason why there is no data set, and the cause for its notice.
        std::function<void(const std::string& message, const std::string& cause)> failed;
        std::function<void(const std::string& cause)> solved;  ///< called when this works again
    };
    /// Reads what is stored. All must outlive it.
    DatasetLibrary(State& state, Files& files, Clock clock, Reports reports);

    const std::vector<std::string>& problems() const { return store_.problems(); }
    StoredAmount stored() const { return {store_.all().size(), store_.bytes_in("datasets")}; }

    // --- the user's own data sets -----------------------------------------------------------------------------------------

    /// Starts to read files. Fails with "busy", "bad-name" or the errors of DatasetImport::open.
    Status add(const std::string& name, std::vector<NamedFile> files);
    void cancel();
    bool pending() const { return import_ != nullptr; }
    /// Reads for about `budget_secs`. Returns true when something was done.
    bool advance(double budget_secs);
    /// Fails with "unknown-dataset", with "busy" while a run trains on it, or with the reason why it cannot be removed.
    Status remove(const std::string& id);
    /// Sets what the classes of a data set are, for the runs that begin from now on. Fails with "unknown-dataset", with
    /// "bad-argument" if they cannot be digits, with "busy" while a run trains on it, or with the reason why it cannot be
    /// stored.
    Status set_kind(const std::string& id, DataKind kind);

    // --- all data sets ----------------------------------------------------------------------------------------------------

    /// Selects this data set in the form. Fails with "unknown-dataset".
    Status choose(const std::string& id);
    /// Loads a stored data set or asks for the download; does nothing when it is there or on its way. Fails with
    /// "unknown-dataset" or the errors of DatasetStore::load.
    Status request(const std::string& id);
    bool ready(const std::string& id) const;
    bool is_downloading(const std::string& id) const;
    /// Gives up the download of a data set, if one is on its way. Fails with "unknown-dataset".
    Status cancel_download(const std::string& id);

    void report_progress(const std::string& id, double received_bytes, double total_bytes);
    /// Takes in pictures that have arrived. An unknown id makes a data set that is kept until the program ends. Fails with
    /// "no-data".
    Status accept(const std::string& id, const DataPair& pair);
    void report_failure(const std::string& id, const std::string& message);

    /// Adapts a spec to its data set, which must be known. Only MNIST can be combined with drawings. With any other data set, a
    /// subset larger than it becomes all of it, and at most a sixth is kept for validation. Fails with "unknown-dataset" or
    /// "bad-spec".
    Status suit(ExperimentSpec& spec) const;

    /// Shows the data sets that other programs have added.
    void read_others();
    std::optional<Error> unsaved() const override { return unsaved_ids_.empty() ? std::nullopt : why_unsaved_; }
    void store_unsaved() override;

   private:
    /// An id made from `name` that no data set has or had since the program started: the files of a removed data set may still
    /// exist until a flush is done, and its runs must not become those of another.
    std::string unused_id(const std::string& name) const;
    void finish_import();
    void fail_import(const Error& error);
    /// Frees the pictures of stored data sets that nothing needs, except those of `id`.
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

/// The most rows of a data set that may be kept for validation: a sixth, but at least one.
int most_validation_rows(std::size_t train_rows);

}  // namespace digitlab
