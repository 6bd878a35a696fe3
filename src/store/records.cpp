#include "store/records.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <ranges>
#include <tuple>
#include <utility>

namespace digitlab {

namespace {

std::span<const std::uint8_t> bytes_of(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Parts are removed first: a removal cut short leaves a record without parts, which can be removed again, instead of megabytes
/// that nothing refers to. Old revisions are removed before the newest, so that none of them reappears.
std::tuple<bool, int> place_in_removal(const StoredName& name) { return {name.is_record(), name.revision}; }

}  // namespace

Records::Records(Files& files, Kind kind) : files_(files), kind_(std::move(kind)) {}

void Records::read_all() {
    const auto held = files_.hold(Files::Use::reading);
    if (!held) problems_.push_back(held.error().message);
    refresh();
}

Result<Files::Hold> Records::begin_change() {
    auto held = files_.hold(Files::Use::changing);
    if (held && seen_changes_ != files_.foreign_changes()) refresh();
    return held;
}

void Records::refresh() {
    seen_changes_ = files_.foreign_changes();
    std::map<std::string, std::vector<StoredName>> found;
    for (const auto& [id, entry] : entries_) found[id];
    std::vector<std::string> folders = kind_.part_folders;
    if (std::ranges::find(folders, kind_.folder) == folders.end()) folders.push_back(kind_.folder);
    for (const std::string& folder : folders) {
        for (StoredName& name : stored_names(files_, folder)) found[name.id].push_back(std::move(name));
    }
    for (auto& [id, names] : found) {
        std::ranges::sort(names, {}, place_in_removal);
        Entry& entry = entries_[id];
        if (entry.names == names) continue;
        entry.names = std::move(names);
        for (const StoredName& name : entry.names) entry.highest_revision = std::max(entry.highest_revision, name.revision);
        read(id, entry);
    }
}

// If a newer program wrote the newest revision, no older one takes its place: the record is left out and cannot be saved.
void Records::read(const std::string& id, Entry& entry) {
    entry.newer = false;
    for (const StoredName& name : entry.names | std::views::reverse) {
        if (!name.is_record()) break;
        const auto bytes = files_.read(name.path());
        const auto json = bytes ? parse_json(std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()))
                                : tl::unexpected(bytes.error());
        const Status taken = json ? take(id, *json) : tl::unexpected(json.error());
        if (taken) return;
        problems_.push_back(name.path() + " is left as it is: " + taken.error().message);
        spare(entry, name);
        entry.newer = taken.error().code == "newer-version";
        if (entry.newer) break;
    }
    drop(id);
}

// The unreadable record may refer to any part that is at least as new.
void Records::spare(const Entry& entry, const StoredName& unreadable) {
    spared_.insert(unreadable.path());
    for (const StoredName& name : entry.names) {
        if (!name.is_record() && name.revision >= unreadable.revision) spared_.insert(name.path());
    }
}

bool Records::has_files(const std::string& id) const {
    const auto entry = entries_.find(id);
    return entry != entries_.end() && !entry->second.names.empty();
}

std::size_t Records::bytes_in(std::string_view folder) const {
    std::size_t bytes = 0;
    for (const auto& [id, entry] : entries_) {
        for (const StoredName& name : entry.names) {
            if (name.folder != folder) continue;
            const auto [size, is_new] = sizes_.try_emplace(name.path());
            if (is_new) size->second = files_.size(name.path());
            bytes += size->second;
        }
    }
    return bytes;
}

int Records::highest_number(std::string_view prefix) const {
    int highest = 0;
    for (const auto& [id, entry] : entries_) highest = std::max(highest, number_after(id, prefix));
    return highest;
}

Status Records::save(const std::string& id, std::span<const Part> parts, const Describe& describe) {
    if (!is_stored_id(id)) {
        return fail("bad-name", "\"" + id + "\" cannot be the id of a " + kind_.noun + ": use letters, digits, - and _.");
    }
    const bool was_new = !has_files(id);
    const auto held = begin_change();
    if (!held) return tl::unexpected(held.error());
    if (was_new && has_files(id)) return fail("exists", "Another program has just saved a " + kind_.noun + " as " + id + ".");
    Entry& entry = entries_[id];
    if (entry.newer) {
        return fail("newer-version", "The " + kind_.noun + " " + id +
                                         " was written by a newer version of Digit Lab. Reload the page to get that version.");
    }
    if (entry.highest_revision == std::numeric_limits<int>::max()) return fail("bad-name", id + " has too many revisions.");
    const int revision = ++entry.highest_revision;
    const std::vector<StoredName> old = entry.names;
    std::vector<StoredName> written;
    const auto write = [&](StoredName name, std::span<const std::uint8_t> bytes) {
        Status status = files_.write(name.path(), bytes);
        if (status) {
            entry.names.push_back(name);
            written.push_back(std::move(name));
        }
        return status;
    };
    Status status;
    for (const Part& part : parts) {
        if (status) status = write({part.folder, id, revision, part.extension}, part.bytes);
    }
    const Text text = describe(written);
    if (status) status = write({kind_.folder, id, revision, "json"}, bytes_of(text.json));
    // Either the new revision is complete, or nothing refers to its parts. The next save removes files that cannot be removed
    // now.
    for (const StoredName& name : status ? old : written) {
        const bool in_use = status && std::ranges::find(text.parts, name.path()) != text.parts.end();
        if (!in_use && !spared_.contains(name.path())) (void)remove_file(entry, name);
    }
    std::ranges::sort(entry.names, {}, place_in_removal);
    return status;
}

Status Records::remove(const std::string& id) {
    const auto held = begin_change();
    if (!held) return tl::unexpected(held.error());
    auto& [stored_id, entry] = *entries_.try_emplace(id).first;
    for (const StoredName& name : std::vector(entry.names)) {
        if (spared_.contains(name.path())) continue;
        if (Status removed = remove_file(entry, name); !removed) return removed;
    }
    drop(stored_id);  // `id` may belong to the record that is dropped
    return {};
}

void Records::remove_orphans() {
    const auto held = files_.read_only_reason().empty() ? begin_change() : Result<Files::Hold>(fail("read-only", ""));
    if (!held) return;
    for (auto& [id, entry] : entries_) {
        if (std::ranges::any_of(entry.names, &StoredName::is_record)) continue;
        for (const StoredName& name : std::vector(entry.names)) (void)remove_file(entry, name);
    }
}

Status Records::remove_file(Entry& entry, const StoredName& name) {
    Status removed = files_.remove(name.path());
    if (removed) sizes_.erase(name.path());
    if (removed) std::erase(entry.names, name);
    return removed;
}

}  // namespace digitlab
