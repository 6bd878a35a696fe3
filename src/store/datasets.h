#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "data/dataset.h"
#include "store/records.h"

namespace digitlab {

/// The version of the files that describe a data set. A file with a higher one was written by a newer program.
inline constexpr int dataset_format_version = 1;

inline constexpr std::size_t most_datasets = 20;
inline constexpr std::size_t longest_dataset_name = 60;  ///< bytes of UTF-8

/// The description of a stored data set, without its pictures.
struct DatasetInfo {
    std::string id;    ///< "my-letters"
    std::string name;  ///< as the user gave it: "My letters"
    int classes = 0;
    std::vector<std::string> class_names;  ///< (classes); empty: numbers
    DataKind kind = DataKind::other;
    std::size_t train_rows = 0, test_rows = 0;
    std::string data_file;  ///< name below "datasets/"; set by `DatasetStore::save`
    std::uint32_t crc = 0;  ///< CRC-32 of that file; set by `DatasetStore::save`

    bool operator==(const DatasetInfo&) const = default;
};

/// {formatVersion, id, name, classes, classNames, trainRows, testRows, dataFile, crc}, and kind: "other" if classes that may be
/// digits are not.
Json to_json(const DatasetInfo& info);
/// Fails with "newer-version" or, for everything else, "bad-dataset".
Result<DatasetInfo> dataset_info_from_json(const Json& json);

/// The user's own data sets: datasets/<id>.<revision>.json with a .bin file beside it, which holds the pictures of the training
/// part, those of the test part, then the labels of both, one byte each; see Records.
class DatasetStore : public Records {
   public:
    /// Reads the descriptions; `load` reads the pictures. `files` must outlive the store.
    explicit DatasetStore(Files& files);

    const std::vector<DatasetInfo>& all() const { return all_; }  ///< by name
    const DatasetInfo* find(const std::string& id) const;

    /// An unused id made from `name`: "My letters" becomes "my-letters", a second one "my-letters-2".
    std::string free_id(const std::string& name) const;

    /// Stores a new data set of 28×28 pictures. Fails with "exists", "too-many-datasets" and the errors of Records::save, and
    /// then changes nothing.
    Status save(DatasetInfo info, const DataPair& pair);
    /// Notes what the classes are. Fails with "unknown-dataset" and the errors of Records::save, and then changes nothing.
    Status set_kind(const std::string& id, DataKind kind);
    /// Reads the pictures. Fails with "unknown-dataset", "no-file", "unreadable", or "bad-dataset" when they are damaged.
    Result<DataPair> load(const std::string& id) const;
    /// Fails with "unknown-dataset", or with the error of a file that cannot be removed; the data set is then still there.
    Status remove(const std::string& id);

   private:
    Status take(const std::string& id, const Json& json) override;
    void drop(const std::string& id) override;
    Status write(DatasetInfo info, std::span<const Part> pictures);
    void put(DatasetInfo info);

    std::vector<DatasetInfo> all_;
};

}  // namespace digitlab
