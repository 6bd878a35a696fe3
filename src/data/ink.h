#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace digitlab {

inline constexpr const char* no_memory_for_picture =
    "There is not enough memory for this picture. Close other tabs and programs, or take a smaller one.";

/// A greyscale image of any size, 0 paper to 255 ink, row by row.
struct GreyImage {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> ink;  ///< (height, width)

    std::uint8_t at(int x, int y) const {
        return ink[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
    }
};

/// Whether it has at least one pixel, and as many as its width and height say.
inline bool is_well_formed(const GreyImage& image) {
    return image.width > 0 && image.height > 0 &&
           image.ink.size() == static_cast<std::uint64_t>(image.width) * static_cast<std::uint64_t>(image.height);
}

/// A position on the ink canvas, in its pixels; (0, 0) is the outer corner of the top left pixel.
struct InkPoint {
    float x = 0;
    float y = 0;
};

/// The canvas that users draw on: a square of grey pixels with a round, anti-aliased pen. Its resolution does not depend on
/// the screen, so the same strokes give the same picture everywhere.
class InkCanvas {
   public:
    static constexpr int side = 448;  ///< 16 times MNIST's 28 pixels

    InkCanvas();
    /// Draws a round-ended line from `from` to `to`, `diameter` canvas pixels thick. Draws a dot if both are equal.
    void draw_line(InkPoint from, InkPoint to, float diameter);
    /// Removes the ink that `draw_line` would have put there.
    void erase_line(InkPoint from, InkPoint to, float diameter);
    void clear();
    /// Replaces the picture by `image`, of `side`×`side` pixels; fails with "bad-image" for any other size.
    Status set_image(GreyImage image);
    bool blank() const { return inked_ == 0; }
    const GreyImage& image() const { return image_; }
    /// Increases whenever the picture changes.
    std::uint64_t revision() const { return revision_; }

   private:
    GreyImage image_;
    std::size_t inked_ = 0;  ///< pixels with any ink
    std::uint64_t revision_ = 0;
};

}  // namespace digitlab
