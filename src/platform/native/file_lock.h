#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "base/result.h"

namespace digitlab {

/// A file that only one holder can lock at a time, among all programs and all objects of this one. The lock is released when
/// the object is destroyed or the program ends, however that happens.
class FileLock {
   public:
    /// Creates the file if it is missing. Fails with "busy" if another holder keeps the lock for longer than `patience_secs`,
    /// "no-file" if the folder is missing, or "write-failed" if the file cannot be created or locked.
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
