#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "data/ink.h"

namespace digitlab {

/// What was on the paper at one time: the packed drawing, and the picture that lay on it.
struct PaperSnapshot {
    std::vector<std::uint8_t> ink;  ///< run lengths; see `pack_ink`
    std::shared_ptr<const GreyImage> picture;
    bool light_on_dark = false;

    std::size_t bytes() const;
};

/// Packs a drawing as pairs of (value, run length − 1). Most of it is paper, so it takes a few thousand bytes instead of
/// 200,000.
std::vector<std::uint8_t> pack_ink(const GreyImage& ink);
/// Returns the drawing that was packed, with `width` pixels in each row.
GreyImage unpack_ink(const std::vector<std::uint8_t>& packed, int width);

/// The steps that can be undone and redone. The oldest are forgotten when there are too many or they take too much memory.
class UndoHistory {
   public:
    static constexpr std::size_t most_steps = 100;
    static constexpr std::size_t most_bytes = 16 << 20;

    /// Adds a step, where `before` is the paper before the change. Undone steps can then no longer be redone.
    void changed(PaperSnapshot before);

    bool can_undo() const { return !past_.empty(); }
    bool can_redo() const { return !future_.empty(); }
    /// Return the paper before the last change, and the paper after the change undone last; `now` is kept for the way back.
    /// Must be called only when `can_undo` or `can_redo` is true.
    PaperSnapshot undo(PaperSnapshot now);
    PaperSnapshot redo(PaperSnapshot now);

    std::size_t bytes() const;

   private:
    std::deque<PaperSnapshot> past_, future_;  ///< the nearest step is last
};

}  // namespace digitlab
