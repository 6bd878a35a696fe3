#pragma once

#include <functional>
#include <string>

#include "base/result.h"

namespace digitlab {

enum class SyncDirection { from_indexeddb, to_indexeddb };

/// Creates a folder at `mount_point` whose contents IDBFS can synchronise.
void mount_idbfs(const std::string& mount_point);

/// Synchronises; only one synchronisation may run at a time. Calls `done` once, later, on the main thread. Fails with
/// "no-space" if the quota is used up, otherwise with "storage-failed". A failed synchronisation to IndexedDB changes nothing
/// there.
void sync_idbfs(const std::string& mount_point, SyncDirection direction, std::function<void(Status)> done);

}  // namespace digitlab
