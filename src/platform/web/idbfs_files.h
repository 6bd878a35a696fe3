#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/files.h"

namespace digitlab {

/// Files in the browser: a folder in memory that Emscripten's IDBFS copies from and to IndexedDB.
///
/// Two rules keep users' work safe. A flush makes IndexedDB equal to memory, including deletions, so it is allowed only after
/// everything has been loaded; and only one tab may flush. Otherwise, the files are read-only and say why.
class IdbfsFiles : public Files {
   public:
    using Opened = std::function<void(std::unique_ptr<IdbfsFiles>)>;

    /// Loads what IndexedDB holds for `mount_point` ("/name"), then calls `opened` once. `read_only_reason`, if not empty, says
    /// why this tab must not write (another one does). If loading fails, the files are read-only and hold what could be read.
    static void open(const std::string& mount_point, const std::string& read_only_reason, Opened opened);

    /// Must be called when this tab becomes the one that may write. Reloads what IndexedDB holds, then makes the files writable
    /// and calls `done`; after an error they stay read-only.
    void take_over(std::function<void(Status)> done);

    std::vector<std::string> list(const std::string& folder) const override;
    Result<Bytes> read(const std::string& name) const override;
    std::size_t size(const std::string& name) const override;
    Status write(const std::string& name, std::span<const std::uint8_t> bytes) override;
    Status remove(const std::string& name) override;
    void flush(FlushDone done) override;
    std::string read_only_reason() const override { return read_only_reason_; }
    /// Increases when this tab takes over the changes of the tab that wrote before.
    std::uint64_t foreign_changes() const override { return foreign_changes_; }

   private:
    IdbfsFiles(std::string root, std::string read_only_reason, bool loaded);
    std::string path(const std::string& name) const { return root_ + "/" + name; }
    void start_flush();
    void try_flush(bool again_on_failure);
    void finish_flush(const Status& result);

    std::string root_;
    std::string read_only_reason_;
    bool loaded_;  ///< memory holds everything that IndexedDB held, so a flush deletes nothing by mistake
    std::uint64_t foreign_changes_ = 0;
    std::vector<FlushDone> waiting_;   ///< callers of the next flush
    std::vector<FlushDone> flushing_;  ///< callers of the running flush
    std::set<std::string> to_remove_;  ///< already gone for callers, but IDBFS must find them until its flush ends
};

}  // namespace digitlab
