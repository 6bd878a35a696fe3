#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/files.h"

namespace digitlab {

/// Files in a directory, which is made when the first file is written. A file appears under its name only when its
/// contents are on the disk, so a crash leaves whole files; what a crashed write leaves behind is hidden by its name.
/// Several programs may use the same directory: of two that write one name, the second gets "exists".
class DiskFiles : public Files {
   public:
    explicit DiskFiles(std::filesystem::path root);

    std::vector<std::string> list(const std::string& folder) const override;
    Result<Bytes> read(const std::string& name) const override;
    Status write(const std::string& name, std::span<const std::uint8_t> bytes) override;
    Status remove(const std::string& name) override;
    /// Makes the directory entries durable and calls `done` before it returns.
    void flush(FlushDone done) override;

   private:
    std::filesystem::path root_;
    std::set<std::filesystem::path> changed_folders_;  ///< whose entries a flush has to write
};

}  // namespace digitlab
