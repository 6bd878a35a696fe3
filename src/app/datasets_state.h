#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "data/dataset.h"
#include "nn/known_classes.h"

namespace digitlab {

struct State;

enum class DataPhase { absent, requested, loading, ready, failed };

/// "absent", "requested", …: as in the JavaScript API.
const char* to_string(DataPhase phase);

/// A data set on its way into the program.
struct DataState {
    DataPhase phase = DataPhase::absent;
    double received_bytes = 0, total_bytes = 0;  ///< compressed bytes while loading
    std::string failure;                         ///< for people, when failed
    DataPair pair;                               ///< when ready
};

/// A data set other than MNIST: one that can be downloaded, or one of the user's own.
struct OtherDataset {
    std::string id, name;
    int classes = 10;
    std::vector<std::string> class_names;  ///< empty: numbers
    std::size_t train_rows = 0, test_rows = 0;
    bool own = false;    ///< the user's; can be removed
    bool stored = true;  ///< false: kept until the page is closed only
    DataState data;
};

/// Files that are being made into a data set, or the last that were.
struct ImportState {
    std::uint64_t number = 0;  ///< of the import, from 1
    bool active = false;
    std::string name;
    double share_done = 0;
    std::size_t rows = 0;        ///< pictures read
    std::string id;              ///< of the data set, once it is there
    std::optional<Error> error;  ///< why there is none
};

struct DatasetsState {
    std::vector<OtherDataset> others;
    ImportState import;
};

/// What can be known of a data set before its pictures are there.
struct DatasetOutline {
    std::string id, name;
    int classes = 10;
    std::vector<std::string> class_names;  ///< empty: numbers
    std::size_t train_rows = 0, test_rows = 0;
};

/// Nothing for an id that no data set has.
std::optional<DatasetOutline> find_dataset(const State& state, const std::string& id);
/// Null for an id that no data set has.
const DataState* find_data(const State& state, const std::string& id);
/// All data sets, MNIST first.
std::vector<DatasetOutline> all_datasets(const State& state);
/// For people; the id when it is gone.
std::string dataset_name(const State& state, const std::string& id);
/// What the model tells apart, whose id may be that of a run.
KnownClasses model_classes(const State& state, const std::string& id);

/// {id, name, classes, classNames, rows, testRows, own, stored, phase}
Json dataset_json(const State& state, const DatasetOutline& outline);

}  // namespace digitlab
