#include "app/drawing_library.h"

#include <algorithm>
#include <utility>

#include "store/stored_name.h"

namespace digitlab {

namespace {

constexpr int digit_classes = 10;

Status check_label(int label) {
    if (label >= 0 && label < digit_classes) return {};
    return fail("bad-label", "A digit is labelled 0 to 9, not " + std::to_string(label) + ".");
}

}  // namespace

DrawingLibrary::DrawingLibrary(State& state, Files& files, Clock unix_clock, Stored stored)
    : state_(state), files_(files), log_(files), unix_clock_(std::move(unix_clock)), stored_(std::move(stored)) {
    show();
}

void DrawingLibrary::follow_reading() {
    state_.drawings.current.clear();
    const DrawingList& all = state_.drawings.all;
    for (const ReadDigit& digit : state_.draw.reading.digits) {
        const auto pixels = bytes_of(digit.prepared.pixels);
        const auto same =
            std::ranges::find(all.rbegin(), all.rend(), pixels, [](const auto& one) -> const auto& { return one->pixels; });
        state_.drawings.current.push_back(same == all.rend() ? "" : (*same)->id);
    }
}

void DrawingLibrary::move_on() {
    const std::vector<ReadDigit>& digits = state_.draw.reading.digits;
    const auto held = log_.begin_change();  // so that no other program takes the ids
    for (std::size_t i = 0; i < digits.size() && i < state_.drawings.current.size(); ++i) {
        std::string& id = state_.drawings.current[i];
        if (!id.empty()) continue;
        const Drawing drawing = drawing_of(digits[i]);
        // A log full of labelled drawings has no room for an unlabelled one; the panel says so.
        if (save(drawing)) id = drawing.id;
    }
}

Status DrawingLibrary::label_selected(int label) {
    const ReadDigit* digit = selected_digit(state_.draw);
    if (!digit || state_.draw.selected_digit >= state_.drawings.current.size()) {
        return fail("blank", "There is no digit to label. Draw one first.");
    }
    if (Status checked = check_label(label); !checked) return checked;
    std::string& id = state_.drawings.current[state_.draw.selected_digit];
    if (!id.empty()) return this->label(id, label);
    const auto held = log_.begin_change();
    Drawing drawing = drawing_of(*digit);
    drawing.label = label;
    if (Status saved = save(drawing); !saved) return saved;
    id = drawing.id;
    return {};
}

Status DrawingLibrary::label(const std::string& id, std::optional<int> label) {
    const Drawing* found = find_drawing(state_.drawings, id);
    if (!found) return fail("unknown-drawing", "There is no drawing \"" + id + "\".");
    if (label) {
        if (Status checked = check_label(*label); !checked) return checked;
    }
    Drawing drawing = *found;
    drawing.label = label;
    return save(drawing);
}

Result<std::string> DrawingLibrary::add(Drawing drawing) {
    const bool known = std::ranges::any_of(state_.drawings.all, [&](const auto& here) {
        return here->pixels == drawing.pixels && here->unix_secs == drawing.unix_secs && here->label == drawing.label;
    });
    if (known) return std::string();
    const auto held = log_.begin_change();
    if (!held) return tl::unexpected(held.error());
    if (find_drawing(state_.drawings, drawing.id) || log_.find(drawing.id)) drawing.id = unused_id();
    if (Status saved = log_.save(drawing); !saved) return tl::unexpected(saved.error());
    stored_({});
    show();
    return drawing.id;
}

Status DrawingLibrary::remove(const std::string& id) {
    if (!find_drawing(state_.drawings, id)) return fail("unknown-drawing", "There is no drawing \"" + id + "\".");
    if (log_.find(id)) {
        if (Status removed = log_.remove(id); !removed) return removed;
    }
    std::erase_if(unsaved_, [&](const auto& drawing) { return drawing->id == id; });
    std::ranges::replace(state_.drawings.current, id, std::string());
    stored_({});
    show();
    return {};
}

Status DrawingLibrary::clear() {
    if (!log_.drawings().empty()) {
        if (Status cleared = log_.clear(); !cleared) {
            show();
            return cleared;
        }
    }
    unsaved_.clear();
    for (std::string& id : state_.drawings.current) id.clear();
    state_.drawings.test.reset();
    stored_({});
    show();
    return {};
}

Drawing DrawingLibrary::drawing_of(const ReadDigit& digit) const {
    Drawing drawing;
    drawing.id = unused_id();
    drawing.unix_secs = unix_clock_();
    drawing.source = state_.draw.picture ? DrawingSource::uploaded : DrawingSource::drawn;
    drawing.pixels = bytes_of(digit.prepared.pixels);
    drawing.picture = small_picture(digit.prepared.crop);
    drawing.answers = drawing_answers(digit.answers);
    return drawing;
}

// Drawings that could not be stored are only in the state, so check both.
std::string DrawingLibrary::unused_id() const {
    const bool alone = files_.read_only_reason().empty();
    for (int number = log_.next_number();; ++number) {
        std::string id = numbered_id("d-", number);
        if (!alone) id = with_random_word(id);  // the tab that can save may be using the same numbers
        if (!find_drawing(state_.drawings, id)) return id;
    }
}

Status DrawingLibrary::save(const Drawing& drawing) {
    Status saved = log_.save(drawing);
    if (!saved && saved.error().code == "log-full") return saved;
    std::erase_if(unsaved_, [&](const auto& old) { return old->id == drawing.id; });
    if (!saved) {
        unsaved_.push_back(std::make_shared<const Drawing>(drawing));
        why_unsaved_ = saved.error();
    }
    stored_(saved);
    show();
    return {};
}

void DrawingLibrary::read_others() {
    (void)log_.begin_change();
    show();
}

void DrawingLibrary::store_unsaved() {
    for (const auto& drawing : DrawingList(unsaved_)) {
        const Status saved = log_.save(*drawing);
        if (!saved) why_unsaved_ = saved.error();
        if (saved) std::erase(unsaved_, drawing);
        if (saved) stored_({});
    }
    show();
}

void DrawingLibrary::show() {
    DrawingList& all = state_.drawings.all;
    all.clear();
    for (const auto& drawing : log_.drawings()) {
        const auto newer = std::ranges::find(unsaved_, drawing->id, [](const auto& one) { return one->id; });
        all.push_back(newer == unsaved_.end() ? drawing : *newer);
    }
    for (const auto& drawing : unsaved_) {
        if (!log_.find(drawing->id)) all.push_back(drawing);
    }
    state_.drawings.accuracy = running_accuracy(all);
}

}  // namespace digitlab
