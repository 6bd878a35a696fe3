#pragma once

#include <imgui.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace digitlab {

/// A rectangle of the framebuffer, y down; `right` and `bottom` are outside.
struct PixelRect {
    int left = 0, top = 0, right = 0, bottom = 0;

    bool empty() const { return right <= left || bottom <= top; }
    bool operator==(const PixelRect&) const = default;
};

PixelRect intersection(const PixelRect& a, const PixelRect& b);

/// Where a command may paint: its clip rectangle in whole pixels of the framebuffer, inside of which it lies.
PixelRect scissor_of(const ImDrawCmd& command, const ImDrawData& data);

/// Finds out where a frame differs from the one before, so that only that is painted: without a graphics card, painting all of
/// the window takes longer than everything else a frame does.
///
/// The framebuffer is seen as tiles, and each has a hash of what is painted there, in order: vertices, clip rectangles,
/// textures. Tiles with another hash than before have changed.
class ChangedArea {
   public:
    /// Changes with a texture's content.
    using RevisionOf = std::function<std::uint64_t(ImTextureID)>;

    /// Rectangles that do not overlap and hold all changes since the last call; few, because each costs a pass. None when the
    /// frame is the same. `width` and `height` are the framebuffer's.
    std::vector<PixelRect> next(const ImDrawData& data, int width, int height, const RevisionOf& revision_of);

    /// The next frame is to be painted whole.
    void forget() { tiles_.clear(); }

   private:
    int width_ = 0, height_ = 0;        ///< of the framebuffer
    std::vector<std::uint64_t> tiles_;  ///< hashes, row by row; empty: nothing is known
};

}  // namespace digitlab
