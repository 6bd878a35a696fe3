#pragma once

#include <string>

#include "base/result.h"
#include "data/dataset.h"
#include "options.h"

namespace digitlab::cli {

/// What `--dataset` names.
struct NamedData {
    std::string id = mnist_id;
    DataPair pair;
};

/// MNIST without `--dataset`; "fashion-mnist", from the folder beside MNIST's; or the user's own files, separated by commas,
/// the first of which gives the id. Codes "no-data", "no-file" and those of DatasetImport.
Result<NamedData> read_data(const Options& options);

}  // namespace digitlab::cli
