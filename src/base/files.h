#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace digitlab {

using Bytes = std::vector<std::uint8_t>;

inline constexpr std::size_t longest_file_name = 200;

/// Fails with "bad-name" when Files does not accept the name. Absolute names, "..", empty parts and parts that begin with a
/// dot are refused.
Status check_file_name(const std::string& name);

/// A small folder of named files that outlives the program: a directory natively, an IndexedDB-backed mount in
/// the browser, memory in tests. Names are relative, with `/` between folders, and made of [A-Za-z0-9._-].
///
/// A file is written once under a new name and never rewritten in place: the browser's flush finds changes by
/// modification time. `flush` makes everything written or removed so far durable.
///
/// Several programs may use the same folder: each makes changes only under a `hold`. A Files object is used from one thread:
/// the main one in the browser.
class Files {
   public:
    virtual ~Files() = default;

    /// All names below `folder` ("" for all), sorted.
    virtual std::vector<std::string> list(const std::string& folder) const = 0;
    /// Fails with "no-file" or "unreadable".
    virtual Result<Bytes> read(const std::string& name) const = 0;
    /// The length of a file in bytes; 0 when it is missing.
    virtual std::size_t size(const std::string& name) const = 0;
    /// Fails with "bad-name", "exists" when the name is taken, "read-only" when another tab holds the store or the first load
    /// failed, "no-space" when the disk or quota is full, "write-failed" for anything else.
    virtual Status write(const std::string& name, std::span<const std::uint8_t> bytes) = 0;
    /// Removing a missing file is not an error.
    virtual Status remove(const std::string& name) = 0;

    using FlushDone = std::function<void(Status)>;
    /// Calls `done` once, immediately or later, on the same thread, when all changes made before the call are durable or
    /// could not be made durable ("no-space", "read-only" or "flush-failed"). Failed changes stay queued for the next flush.
    virtual void flush(FlushDone done) = 0;

    /// Keeps other programs away for as long as it exists. It is released when the program ends, however that happens.
    using Hold = std::shared_ptr<void>;
    enum class Use { reading, changing };
    /// Keeps other programs from changing the files, and waits while one is changing them. Keep it only briefly; it can be
    /// taken again while it is held. `Use::reading` does not create a missing folder. Fails with "busy" when another program
    /// does not release its hold in time, or "write-failed". Returns an empty hold when only one program can use the files.
    virtual Result<Hold> hold(Use) { return Hold(); }
    /// Increases when `hold` finds that another program has changed the files.
    virtual std::uint64_t foreign_changes() const { return 0; }
    /// Claims what `name` stands for, such as a run, for this object alone, without waiting. Fails with "busy" when another
    /// program has claimed it, "bad-name" or "write-failed".
    virtual Result<Hold> claim(const std::string& /*name*/) { return Hold(); }

    /// Why nothing can be written, or "" when writing works.
    virtual std::string read_only_reason() const { return {}; }
};

}  // namespace digitlab
