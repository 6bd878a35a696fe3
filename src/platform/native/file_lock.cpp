#include "platform/native/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>

namespace digitlab {

namespace {

constexpr std::chrono::milliseconds pause_between_tries{2};

tl::unexpected<Error> cannot_lock(const std::filesystem::path& path, int error) {
    return fail(error == ENOENT ? "no-file" : "write-failed",
                "Cannot lock " + path.string() + ": " + std::generic_category().message(error) + ".");
}

/// False if the previous holder has removed the file, so that others would lock a new one with the same name.
bool is_still_at(const std::filesystem::path& path, int descriptor) {
    struct stat opened{}, named{};
    return ::fstat(descriptor, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
           opened.st_dev == named.st_dev;
}

}  // namespace

Result<std::unique_ptr<FileLock>> FileLock::take(const std::filesystem::path& path, double patience_secs) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::duration<double>(patience_secs);
    while (true) {
        const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (descriptor < 0) return cannot_lock(path, errno);
        std::unique_ptr<FileLock> lock(new FileLock(path, descriptor));
        if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
            if (is_still_at(path, descriptor)) return lock;
            continue;
        }
        if (errno != EWOULDBLOCK && errno != EINTR) return cannot_lock(path, errno);
        if (std::chrono::steady_clock::now() >= deadline) return fail("busy", path.string() + " is locked by another program.");
        std::this_thread::sleep_for(pause_between_tries);
    }
}

FileLock::~FileLock() {
    if (removes_) ::unlink(path_.c_str());
    ::close(descriptor_);
}

std::uint64_t FileLock::number() const {
    std::uint64_t number = 0;
    return ::pread(descriptor_, &number, sizeof number, 0) == sizeof number ? number : 0;
}

// If the number cannot be written (the disk is full), the old one stays, but then the change it announces cannot be written
// either.
void FileLock::set_number(std::uint64_t number) { (void)!::pwrite(descriptor_, &number, sizeof number, 0); }

}  // namespace digitlab
