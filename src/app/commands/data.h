#pragma once

#include <string>
#include <vector>

#include "app/one_of.h"
#include "app/state.h"
#include "data/idx.h"

namespace digitlab {

// Commands about data sets: DataControl carries them out.

/// Asks for a data set; does nothing when it is there or on its way. Fails with "unknown-dataset".
struct RequestData {
    std::string id = mnist_id;
};
/// Gives up a download; the runs that wait for it are stopped. Does nothing when there is none. Fails with "unknown-dataset".
struct CancelData {
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

/// Shows a data set and selects it for the next training. Fails with "unknown-dataset".
struct ChooseDataset {
    std::string id;
};
/// Starts to make a data set from files; see `DatasetLibrary::add`. `DatasetsState::import` shows the progress.
struct AddDataset {
    std::string name;
    std::vector<NamedFile> files;
};
struct CancelAddDataset {};
/// Removes one of the user's own data sets. Fails with "unknown-dataset" or "busy".
struct RemoveDataset {
    std::string id;
};

/// Says what the ten numbered classes of one of the user's own data sets are: the models of digits vote. Fails with
/// "unknown-dataset", "bad-argument" or "busy".
struct SetDatasetKind {
    std::string id;
    DataKind kind;
};

using DataCommand = OneOf<RequestData, CancelData, ReportDataProgress, ReportDataReady, ReportDataFailed, ChooseDataset,
                          AddDataset, CancelAddDataset, RemoveDataset, SetDatasetKind>;

}  // namespace digitlab
