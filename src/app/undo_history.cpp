#include "app/undo_history.h"

#include <algorithm>
#include <utility>

namespace digitlab {

namespace {

constexpr std::size_t longest_run = 256;

PaperSnapshot take_last(std::deque<PaperSnapshot>& from) {
    PaperSnapshot last = std::move(from.back());
    from.pop_back();
    return last;
}

std::size_t bytes_of(const std::deque<PaperSnapshot>& snapshots) {
    std::size_t bytes = 0;
    for (const PaperSnapshot& snapshot : snapshots) bytes += snapshot.bytes();
    return bytes;
}

}  // namespace

std::size_t PaperSnapshot::bytes() const { return ink.size() + (picture ? picture->ink.size() : 0); }

std::vector<std::uint8_t> pack_ink(const GreyImage& ink) {
    std::vector<std::uint8_t> packed;
    for (auto at = ink.ink.begin(); at != ink.ink.end();) {
        const auto end = std::find_if(at, ink.ink.end(), [value = *at](std::uint8_t other) { return other != value; });
        for (auto left = static_cast<std::size_t>(end - at); left > 0;) {
            const std::size_t run = std::min(left, longest_run);
            packed.push_back(*at);
            packed.push_back(static_cast<std::uint8_t>(run - 1));
            left -= run;
        }
        at = end;
    }
    return packed;
}

GreyImage unpack_ink(const std::vector<std::uint8_t>& packed, int width) {
    GreyImage image;
    for (std::size_t pair = 0; pair + 1 < packed.size(); pair += 2) {
        image.ink.insert(image.ink.end(), std::size_t{packed[pair + 1]} + 1, packed[pair]);
    }
    image.width = width;
    image.height = static_cast<int>(image.ink.size()) / std::max(width, 1);
    return image;
}

void UndoHistory::changed(PaperSnapshot before) {
    future_.clear();
    past_.push_back(std::move(before));
    while (past_.size() > most_steps || (past_.size() > 1 && bytes() > most_bytes)) past_.pop_front();
}

PaperSnapshot UndoHistory::undo(PaperSnapshot now) {
    future_.push_back(std::move(now));
    return take_last(past_);
}

PaperSnapshot UndoHistory::redo(PaperSnapshot now) {
    past_.push_back(std::move(now));
    return take_last(future_);
}

std::size_t UndoHistory::bytes() const { return bytes_of(past_) + bytes_of(future_); }

}  // namespace digitlab
