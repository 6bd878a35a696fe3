#pragma once

#include <string>
#include <vector>

#include "app/one_of.h"
#include "app/state.h"
#include "data/idx.h"

namespace digitlab {

// Commands about data sets: DataControl carries them out.

/// Asks for a data set; does nothing when it is there or on its way. Code "unknown-dataset".
struct RequestData {
    std::string id = mnist_id;
};
struct ReportDataProgress {
    double received_bytes;
    double total_bytes;
    std::string id = mnist_id;
};
struct ReportDataReady {
    DataPair pair;
    std::string id = mnist_id;
};
struct ReportDataFailed {
    std::string message;
    std::string id = mnist_id;
};

/// Shows a data set and makes the next training one on it. Code "unknown-dataset".
struct ChooseDataset {
    std::string id;
};
/// Begins to make a data set of files; see `DatasetLibrary::add`. The state's import tells what comes of it.
struct AddDataset {
    std::string name;
    std::vector<NamedFile> files;
};
struct CancelAddDataset {};
/// Removes one of the user's own. Codes "unknown-dataset", "busy".
struct RemoveDataset {
    std::string id;
};

using DataCommand = OneOf<RequestData, ReportDataProgress, ReportDataReady, ReportDataFailed, ChooseDataset, AddDataset,
                          CancelAddDataset, RemoveDataset>;

}  // namespace digitlab
