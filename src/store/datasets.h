#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "data/dataset.h"
#include "store/records.h"

namespace digitlab {

/// Of the files that describe a data set. A higher one was written by a newer program.
inline constexpr int dataset_format_version = 1;

inline constexpr std::size_t most_datasets = 20;
inline constexpr std::size_t longest_dataset_name = 60;  ///< bytes of UTF-8

/// What is known of a stored data set without its pictures.
struct DatasetInfo {
    std::string id;    ///< "my-letters"
    std::string name;  ///< as it was given: "My letters"
    int classes = 0;
    std::vector<std::string> class_names;  ///< (classes); empty: numbers
    std::size_t train_rows = 0, test_rows = 0;
    std::string data_file;  ///< name below "datasets/"; set by `DatasetStore::save`
    std::uint32_t crc = 0;  ///< CRC-32 of that file; set by `DatasetStore::save`

    bool operator==(const DatasetInfo&) const = default;
};

/// {formatVersion, id, name, classes, classNames, trainRows, testRows, dataFile, crc}
Json to_json(const DatasetInfo& info);
/// Codes "newer-version" and, for everything else, "bad-dataset".
Result<DatasetInfo> dataset_info_from_json(const Json& json);

/// The user's own data sets: datasets/<id>.<revision>.json and the pictures beside it in .bin: those of the training part,
/// those of the test part, then the labels of both, a byte each; see Records.
class DatasetStore : public Records {
   public:
    /// Reads the descriptions; pictures are read when asked for. `files` must outlive the store.
    explicit DatasetStore(Files& files);

    const std::vector<DatasetInfo>& all() const { return all_; }  ///< by name
    const DatasetInfo* find(const std::string& id) const;

    /// An id made of `name` that no data set has: "My letters" becomes "my-letters", a second one "my-letters-2".
    std::string free_id(const std::string& name) const;

    /// Keeps a new data set of 28×28 pictures. An error has changed nothing: those of Records::save, "exists" and
    /// "too-many-datasets".
    Status save(DatasetInfo info, const DataPair& pair);
    /// Codes "unknown-dataset", "no-file", "unreadable", and "bad-dataset" when they are damaged.
    Result<DataPair> load(const std::string& id) const;
    /// Code "unknown-dataset", or why it cannot be removed; it is then still there.
    Status remove(const std::string& id);

   private:
    Status take(const std::string& id, const Json& json) override;
    void drop(const std::string& id) override;
    void put(DatasetInfo info);

    std::vector<DatasetInfo> all_;
};

}  // namespace digitlab
