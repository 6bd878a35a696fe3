#pragma once

#include <string>

#include "app/one_of.h"
#include "base/files.h"

namespace digitlab {

// Commands about what is kept, and about models that come with the program: HistoryControl carries them out.

struct SelectRun {
    std::string id;
};
/// Codes "unknown-run", "bad-name" for one that is empty, too long or another run's, or why it cannot be stored.
struct RenameRun {
    std::string id;
    std::string name;
};
/// Codes "unknown-run", "busy" while it trains, or why its files cannot be removed.
struct DeleteRun {
    std::string id;
};
/// Adds what an archive holds; see ArchiveTransfers. Code "bad-archive", or why it cannot be stored.
struct ImportArchive {
    Bytes file;
};
/// A model file that comes with the program and answers beside the models of the user's runs. Its notes hold {id, name,
/// testAccuracy}. Code "bad-model".
struct AddReadyModel {
    Bytes file;
    std::string id = {};  ///< id and name in place of those in the notes
};

using HistoryCommand = OneOf<SelectRun, RenameRun, DeleteRun, ImportArchive, AddReadyModel>;

}  // namespace digitlab
