#include "platform/web/idbfs_files.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "platform/web/idbfs_sync.h"

namespace digitlab {

namespace {

namespace fs = std::filesystem;

struct FileCloser {
    void operator()(std::FILE* file) const { (void)std::fclose(file); }
};
using OpenFile = std::unique_ptr<std::FILE, FileCloser>;

Error user_message(const Error& error) {
    if (error.code == "no-space") {
        return {"no-space", "Not saved: the browser's storage is full. Delete old runs here or data of other sites."};
    }
    return {"flush-failed", "Not saved: the browser's storage failed (" + error.message +
                                "). What is on the screen is kept until this tab is closed, and saving is tried again with "
                                "the next change."};
}

}  // namespace

IdbfsFiles::IdbfsFiles(std::string root, std::string read_only_reason, bool loaded)
    : root_(std::move(root)), read_only_reason_(std::move(read_only_reason)), loaded_(loaded) {}

void IdbfsFiles::open(const std::string& mount_point, const std::string& read_only_reason, Opened opened) {
    mount_idbfs(mount_point);
    auto loaded = [=, opened = std::move(opened)](const Status& status) {
        std::string reason = read_only_reason;
        if (!status) {
            reason = "The browser's storage could not be read (" + status.error().message +
                     "). Digit Lab works, but nothing will be kept when this tab is closed, and what was saved earlier is "
                     "left untouched. Reloading the page may help.";
        }
        opened(std::unique_ptr<IdbfsFiles>(new IdbfsFiles(mount_point, reason, status.has_value())));
    };
    sync_idbfs(mount_point, SyncDirection::from_indexeddb, std::move(loaded));
}

void IdbfsFiles::take_over(std::function<void(Status)> done) {
    if (!loaded_) return done(fail("read-only", read_only_reason_));
    sync_idbfs(root_, SyncDirection::from_indexeddb, [this, done = std::move(done)](const Status& status) {
        if (status) {
            read_only_reason_.clear();
            ++foreign_changes_;
        } else {
            loaded_ = false;
        }
        done(status);
    });
}

std::vector<std::string> IdbfsFiles::list(const std::string& folder) const {
    std::vector<std::string> names;
    std::error_code error;
    const fs::path top = folder.empty() ? fs::path(root_) : fs::path(path(folder));
    for (fs::recursive_directory_iterator entry(top, error), end; !error && entry != end; entry.increment(error)) {
        if (!entry->is_regular_file(error)) continue;
        std::string name = entry->path().string().substr(root_.size() + 1);
        if (!to_remove_.contains(name)) names.push_back(std::move(name));
    }
    std::ranges::sort(names);
    return names;
}

Result<Bytes> IdbfsFiles::read(const std::string& name) const {
    if (const Status good = check_file_name(name); !good) return tl::unexpected(good.error());
    if (to_remove_.contains(name)) return fail("no-file", "There is no file " + name + ".");
    std::error_code error;
    const auto size = fs::file_size(path(name), error);
    const OpenFile file(error ? nullptr : std::fopen(path(name).c_str(), "rb"));
    if (!file) return fail("no-file", "There is no file " + name + ".");
    Bytes bytes(static_cast<std::size_t>(size));
    if (std::fread(bytes.data(), 1, bytes.size(), file.get()) != bytes.size()) {
        return fail("unreadable", "The file " + name + " cannot be read.");
    }
    return bytes;
}

std::size_t IdbfsFiles::size(const std::string& name) const {
    if (!check_file_name(name) || to_remove_.contains(name)) return 0;
    std::error_code missing;
    const auto size = fs::file_size(path(name), missing);
    return missing ? 0 : static_cast<std::size_t>(size);
}

Status IdbfsFiles::write(const std::string& name, std::span<const std::uint8_t> bytes) {
    if (!read_only_reason_.empty()) return fail("read-only", read_only_reason_);
    if (const Status good = check_file_name(name); !good) return good;
    std::error_code error;
    if (fs::exists(path(name), error)) return fail("exists", "A file " + name + " exists already.");
    fs::create_directories(fs::path(path(name)).parent_path(), error);
    OpenFile file(std::fopen(path(name).c_str(), "wb"));
    const bool written =
        file && std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() && std::fclose(file.release()) == 0;
    if (written) return {};
    fs::remove(path(name), error);
    return fail("no-space", "There is not enough memory to keep " + name + ".");
}

Status IdbfsFiles::remove(const std::string& name) {
    if (!read_only_reason_.empty()) return fail("read-only", read_only_reason_);
    if (const Status good = check_file_name(name); !good) return good;
    if (!flushing_.empty()) {
        to_remove_.insert(name);
        return {};
    }
    std::error_code error;
    fs::remove(path(name), error);
    if (error) return fail("unreadable", "The file " + name + " cannot be removed: " + error.message() + ".");
    return {};
}

void IdbfsFiles::flush(FlushDone done) {
    if (!read_only_reason_.empty()) return done(fail("read-only", read_only_reason_));
    waiting_.push_back(std::move(done));
    if (flushing_.empty()) start_flush();
}

// One flush serves all waiting callers. Callers that arrive while it runs wait for the next one, because IDBFS may have looked
// at the files before their changes.
void IdbfsFiles::start_flush() {
    flushing_ = std::exchange(waiting_, {});
    try_flush(true);
}

// After a failure, try once more immediately: the connection may have been dropped.
void IdbfsFiles::try_flush(bool again_on_failure) {
    sync_idbfs(root_, SyncDirection::to_indexeddb, [this, again_on_failure](const Status& status) {
        if (!status && again_on_failure && status.error().code != "no-space") return try_flush(false);
        finish_flush(status ? Status{} : tl::unexpected(user_message(status.error())));
    });
}

void IdbfsFiles::finish_flush(const Status& result) {
    const std::vector<FlushDone> served = std::exchange(flushing_, {});
    std::error_code ignored;  // a leftover file does no harm
    for (const std::string& name : std::exchange(to_remove_, {})) fs::remove(path(name), ignored);
    for (const FlushDone& done : served) done(result);
    if (flushing_.empty() && !waiting_.empty()) start_flush();
}

}  // namespace digitlab
