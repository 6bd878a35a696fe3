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

/// The clip rectangle of a command in whole pixels of the framebuffer; the command paints only inside it.
PixelRect scissor_of(const ImDrawCmd& command, const ImDrawData& data);

/// Finds out where a frame differs from the previous one, so that only that area is painted: without a graphics card, painting
/// the whole window takes longer than the rest of a frame.
///
/// The framebuffer is divided into tiles. Each tile has a hash of what is painted there, in order: vertices, clip rectangles,
/// textures. Tiles whose hash differs from before have changed.
class ChangedArea {
   public:
    /// Returns a number that changes with the content of a texture.
    using RevisionOf = std::function<std::uint64_t(ImTextureID)>;

    /// Returns rectangles that do not overlap and cover all changes since the last call; only a few, because each costs a pass.
    /// None when the frame is the same. `width` and `height` are the framebuffer's.
    std::vector<PixelRect> next(const ImDrawData& data, int width, int height, const RevisionOf& revision_of);

    /// Makes the next frame be painted whole.
    void forget() { tiles_.clear(); }

   private:
    int width_ = 0, height_ = 0;        ///< of the framebuffer
    std::vector<std::uint64_t> tiles_;  ///< hashes, row by row; empty when nothing is known
};

}  // namespace digitlab
