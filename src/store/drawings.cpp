#include "store/drawings.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace digitlab {

namespace {

constexpr std::string_view id_prefix = "d-";

/// The sort key of a drawing. Shorter ids come first: "d-9999" before "d-10000".
std::tuple<std::size_t, std::string_view> place_of(const std::shared_ptr<const Drawing>& drawing) {
    return {drawing->id.size(), drawing->id};
}

const std::string& id_of(const std::shared_ptr<const Drawing>& drawing) { return drawing->id; }

}  // namespace

DrawingLog::DrawingLog(Files& files, std::size_t limit) : Records(files, {"drawing", "drawings", {}}), limit_(limit) {
    read_all();
}

Status DrawingLog::take(const std::string& id, const Json& json) {
    auto drawing = drawing_from_json(json);
    if (!drawing) return tl::unexpected(drawing.error());
    if (drawing->id != id) return fail("bad-drawing", "It holds the drawing \"" + drawing->id + "\" under another name.");
    put(std::make_shared<const Drawing>(std::move(*drawing)));
    return {};
}

void DrawingLog::drop(const std::string& id) {
    std::erase_if(drawings_, [&](const auto& drawing) { return drawing->id == id; });
}

void DrawingLog::put(std::shared_ptr<const Drawing> drawing) {
    drop(drawing->id);
    drawings_.insert(std::ranges::upper_bound(drawings_, place_of(drawing), {}, place_of), std::move(drawing));
}

const Drawing* DrawingLog::find(const std::string& id) const {
    const auto place = std::ranges::find(drawings_, id, id_of);
    return place == drawings_.end() ? nullptr : place->get();
}

int DrawingLog::next_number() const { return highest_number(id_prefix) + 1; }

std::string DrawingLog::next_id() const { return numbered_id(id_prefix, next_number()); }

Result<std::string> DrawingLog::id_to_evict() const {
    if (drawings_.size() < limit_) return "";
    const auto place = std::ranges::find(drawings_, false, [](const auto& drawing) { return drawing->label.has_value(); });
    if (place != drawings_.end()) return (*place)->id;
    return fail("log-full", "The log is full of " + std::to_string(limit_) +
                                " labelled drawings. Export them and remove some to keep more.");
}

Status DrawingLog::save(const Drawing& drawing) {
    const auto evicted = find(drawing.id) ? std::string() : id_to_evict();
    if (!evicted) return tl::unexpected(evicted.error());
    if (Status saved = Records::save(drawing.id, {}, [&](auto) { return Text{dump_json(to_json(drawing)), {}}; }); !saved) {
        return saved;
    }
    put(std::make_shared<const Drawing>(drawing));
    if (!evicted->empty()) (void)Records::remove(*evicted);
    return {};
}

Status DrawingLog::remove(const std::string& id) {
    return find(id) ? Records::remove(id) : Status(fail("unknown-drawing", "There is no drawing \"" + id + "\"."));
}

Status DrawingLog::clear() {
    const auto held = begin_change();
    if (!held) return tl::unexpected(held.error());
    for (const auto& drawing : DrawingList(drawings_)) {
        if (Status removed = Records::remove(drawing->id); !removed) return removed;
    }
    return {};
}

}  // namespace digitlab
