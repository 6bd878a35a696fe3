#pragma once

#include <optional>
#include <string>

namespace digitlab {

/// The file name of one revision of a run or of its model: "runs/<id>.<revision>.json".
struct StoredName {
    std::string folder;  ///< "runs" or "models"
    std::string id;
    int revision = 0;       ///< from 1
    std::string extension;  ///< "json" or "dglb"

    std::string path() const;
    std::string file() const;  ///< without the folder
};

/// Nothing for names that are not of this form.
std::optional<StoredName> parse_stored_name(const std::string& path);

/// Ids become parts of file names: letters, digits, `-` and `_`, at most 64 of them.
bool is_run_id(const std::string& id);

}  // namespace digitlab
