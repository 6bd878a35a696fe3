#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "data/ink.h"

namespace digitlab {

/// What was on the paper at one time: the drawing, packed, and the picture that lay on it.
struct PaperSnapshot {
    std::vector<std::uint8_t> ink;  ///< run lengths; see `pack_ink`
    std::shared_ptr<const GreyImage> picture;
    bool light_on_dark = false;

    std::size_t bytes() const;
};

/// Packs a drawing as pairs of (value, times − 1). Most of it is paper, so that it takes some thousand bytes instead of
/// 200,000.
std::vector<std::uint8_t> pack_ink(const GreyImage& ink);
/// Returns the drawing that was packed, with `width` pixels in each row.
GreyImage unpack_ink(const std::vector<std::uint8_t>& packed, int width);

/// The steps that can be undone and redone. It forgets the oldest when there are too many or they take too much memory.
class UndoHistory {
   public:
    static constexpr std::size_t most_steps = 100;
    static constexpr std::size_t most_bytes = 16 << 20;

    /// Adds a step: the paper was `before` until it was changed. What had been undone cannot be redone any more.
    void changed(PaperSnapshot before);

    bool can_undo() const { return !past_.empty(); }
    bool can_redo() const { return !future_.empty(); }
    /// Return what was there before the last change, and after the change that was undone last; `now` is kept for the way back.
    /// Each may be called only when it can be done.
    PaperSnapshot undo(PaperSnapshot now);
    PaperSnapshot redo(PaperSnapshot now);

    std::size_t bytes() const;

   private:
    std::deque<PaperSnapshot> past_, future_;  ///< the last of each is nearest
};

}  // namespace digitlab
