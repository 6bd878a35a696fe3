#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "data/ink.h"

namespace digitlab {

/// What was on the paper at one time: the drawing, packed, and the picture that lay over it.
struct PaperSnapshot {
    std::vector<std::uint8_t> ink;  ///< run lengths; see `pack_ink`
    std::shared_ptr<const GreyImage> picture;
    bool light_on_dark = false;

    std::size_t bytes() const;
};

/// Pairs of (value, times − 1): a drawing is mostly paper, so some thousand bytes instead of 200,000.
std::vector<std::uint8_t> pack_ink(const GreyImage& ink);
/// The drawing that was packed, of `width` pixels in each row.
GreyImage unpack_ink(const std::vector<std::uint8_t>& packed, int width);

/// What can be undone and redone. Forgets the oldest when there are too many or they take too much memory.
class UndoHistory {
   public:
    static constexpr std::size_t most_steps = 100;
    static constexpr std::size_t most_bytes = 16 << 20;

    /// The paper was `before` a change that has been made; what had been undone cannot be redone any more.
    void changed(PaperSnapshot before);

    bool can_undo() const { return !past_.empty(); }
    bool can_redo() const { return !future_.empty(); }
    /// What was there before the last change, and after the last undone one; `now` is kept for the way back. To be asked only
    /// when possible.
    PaperSnapshot undo(PaperSnapshot now);
    PaperSnapshot redo(PaperSnapshot now);

    std::size_t bytes() const;

   private:
    std::deque<PaperSnapshot> past_, future_;  ///< the last of each is nearest
};

}  // namespace digitlab
