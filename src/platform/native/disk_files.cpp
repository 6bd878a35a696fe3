#include "platform/native/disk_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

namespace digitlab {

namespace {

namespace fs = std::filesystem;

std::error_code last_error() { return {errno, std::generic_category()}; }

tl::unexpected<Error> cannot(const std::string& what, const fs::path& path, const std::error_code& error) {
    const bool full = error == std::errc::no_space_on_device || error.value() == EDQUOT;
    return fail(full ? "no-space" : "write-failed", "Cannot " + what + " " + path.string() + ": " + error.message() + ".");
}

/// A file descriptor that closes itself.
class Descriptor {
   public:
    Descriptor(const fs::path& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }

   private:
    int number_;
};

std::error_code write_all(int descriptor, std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return last_error();
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

/// Writes the file and waits until it is on the disk.
std::error_code write_durably(const fs::path& path, std::span<const std::uint8_t> bytes) {
    const Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
    if (file.number() < 0) return last_error();
    if (const std::error_code error = write_all(file.number(), bytes)) return error;
    return ::fsync(file.number()) == 0 ? std::error_code() : last_error();
}

/// Gives a finished file its name. A hard link never replaces an existing file; on file systems without links, a slightly less
/// safe check and rename is used.
std::error_code publish(const fs::path& finished, const fs::path& target) {
    std::error_code error;
    fs::create_hard_link(finished, target, error);
    if (!error) {
        fs::remove(finished, error);
        return {};
    }
    std::error_code unknown;
    if (error == std::errc::file_exists || fs::exists(target, unknown)) return std::make_error_code(std::errc::file_exists);
    fs::rename(finished, target, error);
    return error;
}

/// Files refuses names that begin with a dot, so an unfinished file is never listed or read.
fs::path unfinished_name(const fs::path& target) {
    return target.parent_path() / (".writing-" + std::to_string(::getpid()) + "-" + target.filename().string());
}

}  // namespace

DiskFiles::DiskFiles(fs::path root, double patience_secs) : root_(std::move(root)), patience_secs_(patience_secs) {}

std::vector<std::string> DiskFiles::list(const std::string& folder) const {
    std::vector<std::string> names;
    if (!folder.empty() && !check_file_name(folder)) return names;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(root_ / folder, error), end; !error && entry != end; entry.increment(error)) {
        std::error_code unreadable;
        if (!entry->is_regular_file(unreadable)) continue;
        std::string name = entry->path().lexically_relative(root_).generic_string();
        if (check_file_name(name)) names.push_back(std::move(name));
    }
    std::ranges::sort(names);
    return names;
}

Result<Bytes> DiskFiles::read(const std::string& name) const {
    if (Status checked = check_file_name(name); !checked) return tl::unexpected(checked.error());
    const fs::path path = root_ / name;
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return fail("no-file", "There is no file " + path.string() + ".");
    const std::uintmax_t size = fs::file_size(path, error);
    std::ifstream file(path, std::ios::binary);
    Bytes bytes(error ? 0 : static_cast<std::size_t>(size));
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (error || !file) return fail("unreadable", "The file " + path.string() + " cannot be read.");
    return bytes;
}

std::size_t DiskFiles::size(const std::string& name) const {
    if (!check_file_name(name)) return 0;
    std::error_code missing;
    const std::uintmax_t size = fs::file_size(root_ / name, missing);
    return missing ? 0 : static_cast<std::size_t>(size);
}

Status DiskFiles::write(const std::string& name, std::span<const std::uint8_t> bytes) {
    if (Status checked = check_file_name(name); !checked) return checked;
    const fs::path path = root_ / name;
    std::error_code error;
    if (fs::exists(path, error)) return fail("exists", "There is already a file " + path.string() + ".");
    fs::create_directories(path.parent_path(), error);
    if (error) return cannot("make the folder", path.parent_path(), error);

    count_change();
    const fs::path unfinished = unfinished_name(path);
    error = write_durably(unfinished, bytes);
    if (!error) error = publish(unfinished, path);
    if (!error) {
        changed_folders_.insert(path.parent_path());
        return {};
    }
    std::error_code ignored;  // the first error is the one to report
    fs::remove(unfinished, ignored);
    if (error == std::errc::file_exists) return fail("exists", "There is already a file " + path.string() + ".");
    return cannot("write", path, error);
}

Status DiskFiles::remove(const std::string& name) {
    if (Status checked = check_file_name(name); !checked) return checked;
    const fs::path path = root_ / name;
    count_change();
    std::error_code error;
    fs::remove(path, error);
    if (error) return cannot("remove", path, error);
    changed_folders_.insert(path.parent_path());
    return {};
}

void DiskFiles::flush(FlushDone done) {
    while (!changed_folders_.empty()) {
        const fs::path& folder = *changed_folders_.begin();
        const Descriptor directory(folder, O_RDONLY);
        // A missing folder has no entries to sync; some file systems cannot sync folders and return EINVAL.
        const bool nothing_to_do = directory.number() < 0 && errno == ENOENT;
        if (!nothing_to_do && ::fsync(directory.number()) != 0 && errno != EINVAL) {
            return done(fail("flush-failed", "Cannot make " + folder.string() + " durable: " + last_error().message() + "."));
        }
        changed_folders_.erase(changed_folders_.begin());
    }
    done({});
}

Result<Files::Hold> DiskFiles::hold(Use use) {
    if (auto already = held_.lock()) return already;
    std::error_code error;
    if (use == Use::changing) fs::create_directories(root_, error);
    if (error) return cannot("make the folder", root_, error);
    auto taken = FileLock::take(root_ / ".lock", patience_secs_);
    if (!taken) {
        // If the folder is missing or read-only, it cannot be locked, but reading does no harm.
        if (use == Use::reading && taken.error().code != "busy") return Hold();
        if (taken.error().code != "busy") return tl::unexpected(taken.error());
        return fail("busy", "Another program has been changing the store " + root_.string() +
                                " for a while. Wait until it is done and try again, or choose another folder with --store.");
    }
    std::shared_ptr<FileLock> lock = std::move(*taken);
    if (const std::uint64_t changes = lock->number(); changes != known_changes_) {
        known_changes_ = changes;
        ++foreign_changes_;
    }
    held_ = lock;
    return lock;
}

// Count the change before it is made: if the program ends in between, the others only read once more.
void DiskFiles::count_change() {
    if (const auto lock = held_.lock()) lock->set_number(++known_changes_);
}

Result<Files::Hold> DiskFiles::claim(const std::string& name) {
    if (Status checked = check_file_name(name); !checked) return tl::unexpected(checked.error());
    std::error_code error;
    fs::create_directories(root_, error);
    if (error) return cannot("make the folder", root_, error);
    auto taken = FileLock::take(root_ / (".claim-" + name), 0);
    if (!taken && taken.error().code == "busy") {
        return fail("busy", "Another program is at work on " + name + " in the store " + root_.string() +
                                ". Wait until it is done, or choose another folder with --store.");
    }
    if (!taken) return tl::unexpected(taken.error());
    (*taken)->remove_at_end();
    return std::shared_ptr<FileLock>(std::move(*taken));
}

}  // namespace digitlab
