#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "app/drawings_state.h"
#include "base/json.h"

namespace digitlab {

// Actions that only the platform can do. A new kind needs a struct here with its name in `kind`, and a handler of that name in
// web/requests.js.

/// Opens the file picker for a picture to read.
struct PickPicture {
    static constexpr const char* kind = "pick-picture";
    bool operator==(const PickPicture&) const = default;
};
/// Opens the file picker for an archive.
struct PickArchive {
    static constexpr const char* kind = "pick-archive";
    bool operator==(const PickArchive&) const = default;
};
/// Opens the file picker for the files of a data set.
struct PickDatasetFiles {
    static constexpr const char* kind = "pick-dataset-files";
    bool operator==(const PickDatasetFiles&) const = default;
};
/// Saves the log of drawings as a file for the user.
struct SaveDrawings {
    static constexpr const char* kind = "save-drawings";
    ExportFormat format;
    bool operator==(const SaveDrawings&) const = default;
};
/// Saves everything as a file for the user.
struct SaveArchive {
    static constexpr const char* kind = "save-archive";
    bool operator==(const SaveArchive&) const = default;
};

enum class CopyFormat { link, json };

/// Puts the settings of a training on the clipboard.
struct CopySettings {
    static constexpr const char* kind = "copy-settings";
    CopyFormat format;
    std::string text;  ///< JSON; the page turns it into a link, since it knows its own address
    bool operator==(const CopySettings&) const = default;
};
/// Downloads a data set; see ReportDataProgress, ReportDataReady and ReportDataFailed.
struct DownloadDataset {
    static constexpr const char* kind = "download-dataset";
    std::string id;
    bool operator==(const DownloadDataset&) const = default;
};
/// Gives up the download of a data set, about which the platform then reports nothing more.
struct CancelDownload {
    static constexpr const char* kind = "cancel-download";
    std::string id;
    bool operator==(const CancelDownload&) const = default;
};

/// Finds out whether the browser keeps what is stored when its disk runs full; see ReportPersistence.
struct PersistStorage {
    static constexpr const char* kind = "persist-storage";
    bool ask;  ///< ask for it if it has not been promised yet, which may make the browser ask the user
    bool operator==(const PersistStorage&) const = default;
};

using PlatformAction = std::variant<PickPicture, PickArchive, PickDatasetFiles, SaveDrawings, SaveArchive, CopySettings,
                                    DownloadDataset, CancelDownload, PersistStorage>;

const char* kind_of(const PlatformAction& action);
/// The `kind` of every action.
std::vector<std::string> platform_action_kinds();

struct PlatformRequest {
    std::uint64_t id = 0;
    PlatformAction action;
};

/// {id, kind, …what the action holds}
Json to_json(const PlatformRequest& request);

/// Requests that the platform has not taken yet, oldest first.
class PlatformRequests {
   public:
    /// Adds a request; does nothing when the same action is already waiting.
    void ask(PlatformAction action);
    /// Removes a request that the platform now carries out. Returns false when no such request is waiting.
    bool take(std::uint64_t id);
    /// Removes the request for this action. Returns false when it is not waiting: the platform may be carrying it out.
    bool withdraw(const PlatformAction& action);

    const std::vector<PlatformRequest>& waiting() const { return waiting_; }

   private:
    std::vector<PlatformRequest> waiting_;
    std::uint64_t last_id_ = 0;
};

}  // namespace digitlab
