#include "store/memory_files.h"

#include <utility>

namespace digitlab {

namespace {

tl::unexpected<Error> full() {
    return fail("no-space",
                "There is no space left to save in. Delete runs that are no longer needed, or free space on the disk.");
}

}  // namespace

std::vector<std::string> MemoryFiles::list(const std::string& folder) const {
    const std::string start = folder.empty() ? "" : folder + "/";
    std::vector<std::string> names;
    for (auto file = files_.lower_bound(start); file != files_.end() && file->first.starts_with(start); ++file) {
        names.push_back(file->first);
    }
    return names;
}

Result<Bytes> MemoryFiles::read(const std::string& name) const {
    const auto file = files_.find(name);
    if (file == files_.end()) return fail("no-file", "There is no file " + name + ".");
    return file->second;
}

std::size_t MemoryFiles::size(const std::string& name) const {
    const auto file = files_.find(name);
    return file == files_.end() ? 0 : file->second.size();
}

Status MemoryFiles::write(const std::string& name, std::span<const std::uint8_t> bytes) {
    if (Status checked = check_file_name(name); !checked) return checked;
    const bool added = files_.try_emplace(name, bytes.begin(), bytes.end()).second;
    if (!added) return fail("exists", "There is already a file " + name + ".");
    return {};
}

Status MemoryFiles::remove(const std::string& name) {
    files_.erase(name);
    return {};
}

void MemoryFiles::flush(FlushDone done) { done({}); }

Result<Bytes> FaultyFiles::read(const std::string& name) const {
    if (unreadable.contains(name)) return fail("unreadable", "The file " + name + " cannot be read.");
    return inner_.read(name);
}

Status FaultyFiles::write(const std::string& name, std::span<const std::uint8_t> bytes) {
    if (writes_until_full == 0) return full();
    if (writes_until_full > 0) --writes_until_full;
    return inner_.write(name, bytes);
}

Status FaultyFiles::remove(const std::string& name) {
    if (removes_until_crash == 0) return fail("crashed", "The program ended before " + name + " was removed.");
    if (removes_until_crash > 0) --removes_until_crash;
    return inner_.remove(name);
}

void FaultyFiles::flush(FlushDone done) {
    if (flush_fails) {
        done(fail("flush-failed", "The browser did not store the changes."));
        return;
    }
    inner_.flush(std::move(done));
}

}  // namespace digitlab
