#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"

namespace digitlab {

/// The file name of one revision of a run, model, checkpoint, run label, drawing, data set or settings:
/// "runs/<id>.<revision>.json".
struct StoredName {
    std::string folder;  ///< "runs", "models", "checkpoints", "run-labels", "drawings", "datasets" or "settings"
    std::string id;
    int revision = 0;       ///< from 1
    std::string extension;  ///< "json", "dglb" or "bin"

    std::string path() const;
    std::string file() const;  ///< without the folder
    /// False for a part of a record, such as a model.
    bool is_record() const { return extension == "json"; }

    bool operator==(const StoredName&) const = default;
};

/// Empty for names that are not of this form.
std::optional<StoredName> parse_stored_name(const std::string& path);

/// The files in `folder` whose names are of this form, in the order of Files::list.
std::vector<StoredName> stored_names(const Files& files, const std::string& folder);

/// Ids become parts of file names: letters, digits, `-` and `_`, at most 64 of them.
bool is_stored_id(const std::string& id);

/// "r-0007" for the prefix "r-" and the number 7.
std::string numbered_id(std::string_view prefix, int number);
/// The id with four random letters or digits, for when other programs may be using the same numbers: "r-0007-k3f9".
std::string with_random_word(const std::string& id);
/// The whole number that follows `prefix` at the start of `text`; 0 when there is none.
int number_after(std::string_view text, std::string_view prefix);

}  // namespace digitlab
