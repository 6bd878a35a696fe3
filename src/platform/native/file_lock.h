#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "base/result.h"

namespace digitlab {

/// A file that one holder at a time has locked, among all programs and all objects of this one. It is free again when the
/// object goes or the program ends, however it ends.
class FileLock {
   public:
    /// Makes the file where it is missing. Code "busy" when another holder keeps it for longer than `patience_secs`, "no-file"
    /// when its folder is missing, "write-failed" when it cannot be made or locked.
    static Result<std::unique_ptr<FileLock>> take(const std::filesystem::path& path, double patience_secs);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

    /// A number kept in the file; 0 in a new one.
    std::uint64_t number() const;
    void set_number(std::uint64_t number);

    /// Removes the file when the lock is released.
    void remove_at_end() { removes_ = true; }

   private:
    FileLock(std::filesystem::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

    std::filesystem::path path_;
    int descriptor_;
    bool removes_ = false;
};

}  // namespace digitlab
