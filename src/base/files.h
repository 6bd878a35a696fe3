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

/// Whether Files accepts the name; code "bad-name" if not. Absolute names, "..", empty parts and parts that begin with a
/// dot are refused.
Status check_file_name(const std::string& name);

/// A small folder of named files that outlives the program: a directory natively, an IndexedDB-backed mount in
/// the browser, memory in tests. Names are relative, with `/` between folders, and made of [A-Za-z0-9._-].
///
/// A file is written once under a new name and never rewritten in place: the browser's flush finds changes by
/// modification time. `flush` makes everything written or removed so far durable.
///
/// Several programs may use the same folder: what they change is changed under a `hold`. Used from one thread, the main one in
/// the browser.
class Files {
   public:
    virtual ~Files() = default;

    /// All names below `folder` ("" for all), sorted.
    virtual std::vector<std::string> list(const std::string& folder) const = 0;
    /// Codes "no-file" and "unreadable".
    virtual Result<Bytes> read(const std::string& name) const = 0;
    /// Fails with "bad-name", "exists" when the name is taken, "read-only" when another tab holds the store or the first load
    /// failed, "no-space" when the disk or quota is full, "write-failed" for anything else.
    virtual Status write(const std::string& name, std::span<const std::uint8_t> bytes) = 0;
    /// Removing what is not there is not an error.
    virtual Status remove(const std::string& name) = 0;

    using FlushDone = std::function<void(Status)>;
    /// Calls `done` once, later or at once, on the same thread, when all changes made before the call are durable or
    /// could not be made so (code "no-space", "read-only" or "flush-failed"). What failed stays queued for the next flush.
    virtual void flush(FlushDone done) = 0;

    /// What keeps other programs away for as long as it exists. It ends with the program, however that ends.
    using Hold = std::shared_ptr<void>;
    enum class Use { reading, changing };
    /// Keeps other programs from changing the files, and waits for one that does. For moments only; it can be taken again while
    /// it is held. Reading makes no folder where there is none. Code "busy" when another program does not let go in time, and
    /// "write-failed". Files that one program alone can use give an empty hold.
    virtual Result<Hold> hold(Use) { return Hold(); }
    /// Grows when `hold` finds that another program has changed the files.
    virtual std::uint64_t foreign_changes() const { return 0; }
    /// Claims something that `name` stands for, such as a run, for this object alone; does not wait. Code "busy" when another
    /// program has it, "bad-name", "write-failed".
    virtual Result<Hold> claim(const std::string& /*name*/) { return Hold(); }

    /// Why nothing can be written, or "" when writing works.
    virtual std::string read_only_reason() const { return {}; }
};

}  // namespace digitlab
