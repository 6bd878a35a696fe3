#pragma once

#include <string>

#include "base/result.h"
#include "data/dataset.h"
#include "options.h"

namespace digitlab::cli {

/// The data set that `--dataset` names.
struct NamedData {
    std::string id = mnist_id;
    DataPair pair;
};

/// Reads what `--dataset` names: MNIST if the option is absent; "fashion-mnist", from the folder beside MNIST's; or the user's
/// own files, separated by commas, the first of which gives the id. Fails with "no-data", "no-file" and the codes of
/// DatasetImport.
Result<NamedData> read_data(const Options& options);

}  // namespace digitlab::cli
