#pragma once

#include <string>

#include "app/one_of.h"
#include "base/files.h"

namespace digitlab {

// Commands about stored runs, and about models that come with the program: HistoryControl carries them out.

struct SelectRun {
    std::string id;
};
/// Fails with "unknown-run", with "bad-name" for a name that is empty, too long or taken, or with the reason why it cannot be
/// stored.
struct RenameRun {
    std::string id;
    std::string name;
};
/// Fails with "unknown-run", with "busy" while it trains, or with the reason why its files cannot be removed.
struct DeleteRun {
    std::string id;
};
/// Adds the contents of an archive; see ArchiveTransfers. Fails with "bad-archive", or with the reason why they cannot be
/// stored.
struct ImportArchive {
    Bytes file;
};
/// Adds a model that comes with the program and answers beside the models of the user's runs. Its notes hold {id, name,
/// testAccuracy, epochs}. Fails with "bad-model".
struct AddReadyModel {
    Bytes file;
    std::string id = {};  ///< replaces the id and name in the notes unless ""
};

using HistoryCommand = OneOf<SelectRun, RenameRun, DeleteRun, ImportArchive, AddReadyModel>;

}  // namespace digitlab
