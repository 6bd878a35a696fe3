#include "app/saving.h"

#include <utility>

namespace digitlab {

void Saving::watch(KeepsUnsaved& part) {
    parts_.push_back(&part);
    show();
}

void Saving::take(const Status& stored) {
    if (stored) {
        flush();
        store_unsaved();  // this success may have made room, or shows that there is room again
    }
    show();
}

void Saving::store_unsaved() {
    if (std::exchange(storing_unsaved_, true)) return;
    for (KeepsUnsaved* part : parts_) {
        if (part->unsaved()) part->store_unsaved();
    }
    storing_unsaved_ = false;
    show();
}

void Saving::flush() {
    ++flushes_->unfinished;
    files_.flush([flushes = flushes_](Status result) {
        --flushes->unfinished;
        flushes->changed = true;
        flushes->last = std::move(result);
    });
}

bool Saving::update() {
    if (!std::exchange(flushes_->changed, false)) return false;
    show();
    if (state_.save.phase == SavePhase::saved) on_saved_();
    return true;
}

void Saving::show() {
    state_.save = worked_out();
    ++state_.revision;
}

SaveState Saving::worked_out() const {
    if (const std::string reason = files_.read_only_reason(); !reason.empty()) return {SavePhase::read_only, reason};
    for (const KeepsUnsaved* part : parts_) {
        if (const auto why = part->unsaved()) return {SavePhase::failed, why->message};
    }
    // The next flush includes what a failed one has left, so the last one counts.
    if (!flushes_->last) return {SavePhase::failed, flushes_->last.error().message};
    return {flushes_->unfinished > 0 || flushes_->changed ? SavePhase::saving : SavePhase::saved, ""};
}

}  // namespace digitlab
