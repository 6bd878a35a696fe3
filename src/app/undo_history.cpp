#include "app/undo_history.h"

#include <algorithm>
#include <utility>

#include "base/run_length.h"

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
    for_each_run(
        std::span<const std::uint8_t>(ink.ink), longest_run, [](std::uint8_t value) { return value; },
        [&](std::uint8_t value, std::size_t length) {
            packed.push_back(value);
            packed.push_back(static_cast<std::uint8_t>(length - 1));
        });
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
