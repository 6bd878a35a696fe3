#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/files.h"
#include "platform/native/file_lock.h"

namespace digitlab {

/// Files in a directory, which is made when the first file is written. A file appears under its name only when its
/// contents are on the disk, so a crash leaves whole files; what a crashed write leaves behind is hidden by its name.
/// Several programs may use the same directory: of two that write one name, the second gets "exists". Holds and claims are
/// locked files whose names begin with a dot; the one for changes counts them, so that each program learns of those of the
/// others.
class DiskFiles : public Files {
   public:
    /// `patience_secs`: how long `hold` waits for another program.
    explicit DiskFiles(std::filesystem::path root, double patience_secs = 10);

    std::vector<std::string> list(const std::string& folder) const override;
    Result<Bytes> read(const std::string& name) const override;
    Status write(const std::string& name, std::span<const std::uint8_t> bytes) override;
    Status remove(const std::string& name) override;
    /// Makes the directory entries durable and calls `done` before it returns.
    void flush(FlushDone done) override;
    Result<Hold> hold(Use use) override;
    std::uint64_t foreign_changes() const override { return foreign_changes_; }
    Result<Hold> claim(const std::string& name) override;

   private:
    void count_change();

    std::filesystem::path root_;
    double patience_secs_;
    std::weak_ptr<FileLock> held_;     ///< while this object keeps the others from changing files
    std::uint64_t known_changes_ = 0;  ///< as counted in the locked file when this object held it last
    std::uint64_t foreign_changes_ = 0;
    std::set<std::filesystem::path> changed_folders_;  ///< whose entries a flush has to write
};

}  // namespace digitlab
