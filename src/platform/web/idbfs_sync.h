#pragma once

#include <functional>
#include <string>

#include "base/result.h"

namespace digitlab {

enum class SyncDirection { from_indexeddb, to_indexeddb };

/// Makes a folder at `mount_point` whose contents IDBFS can synchronise.
void mount_idbfs(const std::string& mount_point);

/// One synchronisation; only one at a time. `done` is called once, later, on the main thread. Codes: "no-space" when the
/// quota is used up, else "storage-failed". A failed synchronisation to IndexedDB has changed nothing there.
void sync_idbfs(const std::string& mount_point, SyncDirection direction, std::function<void(Status)> done);

/// Asks the browser not to clear this page's storage when space runs short.
void ask_for_lasting_storage();

}  // namespace digitlab
