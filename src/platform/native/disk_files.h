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

/// Files in a directory, which is created when the first file is written. A file appears under its name only when its
/// contents are on the disk, so a crash leaves only whole files; the remains of an interrupted write have a hidden name.
/// Several programs may use the same directory: if two write the same name, the second gets "exists". Holds and claims are
/// locked files whose names begin with a dot; the one for holds counts changes, so that each program learns of those made by
/// others.
class DiskFiles : public Files {
   public:
    /// `patience_secs` is how long `hold` waits for another program.
    explicit DiskFiles(std::filesystem::path root, double patience_secs = 10);

    std::vector<std::string> list(const std::string& folder) const override;
    Result<Bytes> read(const std::string& name) const override;
    std::size_t size(const std::string& name) const override;
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
    std::weak_ptr<FileLock> held_;     ///< set while this object keeps others from changing files
    std::uint64_t known_changes_ = 0;  ///< the count in the locked file when this object last held it
    std::uint64_t foreign_changes_ = 0;
    std::set<std::filesystem::path> changed_folders_;  ///< folders whose entries the next flush must sync
};

}  // namespace digitlab
