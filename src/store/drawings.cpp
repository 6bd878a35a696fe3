#include "store/drawings.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace digitlab {

namespace {

constexpr std::string_view id_prefix = "d-";
constexpr const char* folder = "drawings";

/// Sorts shorter ids first: "d-9999" comes before "d-10000".
std::tuple<std::size_t, std::string_view> place_of(const std::shared_ptr<const Drawing>& drawing) {
    return {drawing->id.size(), drawing->id};
}

const std::string& id_of(const std::shared_ptr<const Drawing>& drawing) { return drawing->id; }

/// Every file of a drawing, whether it can be read or not; old revisions first: none may come back to life.
std::vector<StoredName> stored_names(const Files& files) {
    std::vector<StoredName> names = digitlab::stored_names(files, folder);
    std::ranges::sort(names, {}, &StoredName::revision);
    return names;
}

Result<Drawing> read_drawing(const Files& files, const StoredName& name) {
    const auto bytes = files.read(name.path());
    if (!bytes) return tl::unexpected(bytes.error());
    const auto json = parse_json(std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()));
    if (!json) return tl::unexpected(json.error());
    auto drawing = drawing_from_json(*json);
    if (!drawing) return drawing;
    if (drawing->id != name.id) return fail("bad-drawing", "It holds the drawing \"" + drawing->id + "\" under another name.");
    return drawing;
}

}  // namespace

DrawingLog::DrawingLog(Files& files, std::size_t limit) : files_(files), limit_(limit) {
    std::map<std::string, std::vector<StoredName>> revisions;
    for (const StoredName& name : stored_names(files_)) {
        revisions[name.id].push_back(name);
        next_number_ = std::max(next_number_, number_after(name.id, id_prefix) + 1);
    }
    for (auto& [id, names] : revisions) {
        std::ranges::reverse(names);
        load(names);
    }
    std::ranges::sort(drawings_, {}, place_of);
}

// Takes the newest revision that can be read. What a newer program wrote last is not replaced by an older state: the drawing
// is then left out and cannot be saved.
void DrawingLog::load(const std::vector<StoredName>& newest_first) {
    for (const StoredName& name : newest_first) {
        auto drawing = read_drawing(files_, name);
        if (drawing) {
            drawings_.push_back(std::make_shared<const Drawing>(std::move(*drawing)));
            return;
        }
        problems_.push_back(name.path() + " is left as it is: " + drawing.error().message);
        spared_.insert(name.path());
        if (drawing.error().code != "newer-version") continue;
        newer_ids_.insert(name.id);
        return;
    }
}

const Drawing* DrawingLog::find(const std::string& id) const {
    const auto place = std::ranges::find(drawings_, id, id_of);
    return place == drawings_.end() ? nullptr : place->get();
}

std::string DrawingLog::next_id() const { return numbered_id(id_prefix, next_number_); }

Result<const Drawing*> DrawingLog::one_too_many() const {
    if (drawings_.size() < limit_) return nullptr;
    const auto place = std::ranges::find(drawings_, false, [](const auto& drawing) { return drawing->label.has_value(); });
    if (place != drawings_.end()) return place->get();
    return fail("log-full", "The log is full of " + std::to_string(limit_) +
                                " labelled drawings. Export them and remove some to keep more.");
}

Status DrawingLog::save(const Drawing& drawing) {
    if (!is_stored_id(drawing.id))
        return fail("bad-name", "\"" + drawing.id + "\" cannot be a drawing's id: use letters, digits, - and _.");
    if (newer_ids_.contains(drawing.id)) {
        return fail("newer-version",
                    "The drawing " + drawing.id + " was written by a newer version of Digit Lab. Reload the page to get it.");
    }
    std::string leaving;
    if (!find(drawing.id)) {
        const auto too_many = one_too_many();
        if (!too_many) return tl::unexpected(too_many.error());
        if (*too_many) leaving = (*too_many)->id;
    }
    const std::vector<StoredName> names = stored_names(files_);
    const auto revision = next_revision(names, drawing.id);
    if (!revision) return tl::unexpected(revision.error());
    const std::string text = dump_json(to_json(drawing));
    const StoredName newest{folder, drawing.id, *revision, "json"};
    if (Status written = files_.write(newest.path(), Bytes(text.begin(), text.end())); !written) return written;
    // The new revision is complete, so a failure here loses nothing: the next save tries again.
    for (const StoredName& name : names) {
        if (name.id == drawing.id && !spared_.contains(name.path())) (void)files_.remove(name.path());
    }
    put(drawing);
    if (!leaving.empty()) (void)remove(leaving);
    return {};
}

Status DrawingLog::remove(const std::string& id) {
    if (!find(id)) return fail("unknown-drawing", "There is no drawing \"" + id + "\".");
    for (const StoredName& name : stored_names(files_)) {
        if (name.id != id || spared_.contains(name.path())) continue;
        if (Status removed = files_.remove(name.path()); !removed) return removed;
    }
    std::erase_if(drawings_, [&](const auto& drawing) { return drawing->id == id; });
    return {};
}

Status DrawingLog::clear() {
    for (const StoredName& name : stored_names(files_)) {
        if (spared_.contains(name.path()) || !find(name.id)) continue;
        if (Status removed = files_.remove(name.path()); !removed) return removed;
    }
    drawings_.clear();
    return {};
}

void DrawingLog::put(const Drawing& drawing) {
    next_number_ = std::max(next_number_, number_after(drawing.id, id_prefix) + 1);
    auto added = std::make_shared<const Drawing>(drawing);
    std::erase_if(drawings_, [&](const auto& old) { return old->id == drawing.id; });
    drawings_.insert(std::ranges::upper_bound(drawings_, place_of(added), {}, place_of), added);
}

}  // namespace digitlab
