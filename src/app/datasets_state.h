#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "data/dataset.h"

namespace digitlab {

enum class DataPhase { absent, requested, loading, ready, failed };

/// "absent", "requested", …: as in the JavaScript API.
const char* to_string(DataPhase phase);

/// A data set on its way into the program.
struct DataState {
    DataPhase phase = DataPhase::absent;
    double received_bytes = 0, total_bytes = 0;  ///< compressed bytes while loading
    std::string failure;                         ///< the message to show, when failed
    DataPair pair;                               ///< when ready
};

/// Where the pictures of a data set come from.
enum class DatasetOrigin {
    downloaded,  ///< the program knows it and downloads the pictures on request
    own          ///< the user brought it; it can be removed
};

/// A data set to train on, with what is known before its pictures are there.
struct DatasetEntry {
    std::string id, name;
    DatasetOrigin origin = DatasetOrigin::own;
    DataKind kind = DataKind::other;
    int classes = 10;
    std::vector<std::string> class_names;  ///< empty: numbers
    std::size_t train_rows = 0, test_rows = 0;
    bool stored = true;  ///< false: kept only until the page is closed
    DataState data = {};

    bool own() const { return origin == DatasetOrigin::own; }
};

/// {id, name, classes, classNames, rows, testRows, own, stored, phase, digits}
Json to_json(const DatasetEntry& dataset);

/// The current import of files into a data set, or the last one.
struct ImportState {
    std::uint64_t number = 0;  ///< number of the import, from 1
    bool active = false;
    std::string name;
    double share_done = 0;
    std::size_t rows = 0;        ///< pictures read
    std::string id;              ///< id of the data set, once it is there
    std::optional<Error> error;  ///< why there is no data set
};

/// The data sets that the program knows by itself: MNIST and Fashion-MNIST.
std::vector<DatasetEntry> downloaded_datasets();

struct DatasetsState {
    std::vector<DatasetEntry> all = downloaded_datasets();  ///< MNIST first, the user's own last
    ImportState import;

    /// Null for an id that no data set has.
    const DatasetEntry* find(const std::string& id) const;
    DatasetEntry* find(const std::string& id);
    /// The pictures of a data set and how far they are loaded; null for an id that no data set has.
    const DataState* find_data(const std::string& id) const;
    /// The name to show; the id when the data set is gone.
    std::string name_of(const std::string& id) const;
    const DatasetEntry& mnist() const { return all.front(); }
};

}  // namespace digitlab
