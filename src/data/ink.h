#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace digitlab {

inline constexpr const char* no_memory_for_picture =
    "There is not enough memory for this picture. Close other tabs and programs, or take a smaller one.";

/// A grey picture of any size, 0 paper to 255 ink, row by row.
struct GreyImage {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> ink;  ///< (height, width)

    std::uint8_t at(int x, int y) const {
        return ink[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
    }
};

/// It has at least one pixel, and as many as its sides say.
inline bool is_well_formed(const GreyImage& image) {
    return image.width > 0 && image.height > 0 &&
           image.ink.size() == static_cast<std::uint64_t>(image.width) * static_cast<std::uint64_t>(image.height);
}

/// A position on the ink canvas, in its pixels; (0, 0) is the outer corner of the top left pixel.
struct InkPoint {
    float x = 0;
    float y = 0;
};

/// The paper a person draws on: a square of grey pixels, drawn on with a round, anti-aliased pen. Its resolution does
/// not depend on the screen, so the same strokes give the same picture everywhere.
class InkCanvas {
   public:
    static constexpr int side = 448;  ///< 16 times MNIST's 28 pixels

    InkCanvas();
    /// Draws a round-ended line from `from` to `to`, `diameter` canvas pixels thick. A dot when both are equal.
    void draw_line(InkPoint from, InkPoint to, float diameter);
    /// Takes away the ink that `draw_line` would have put there.
    void erase_line(InkPoint from, InkPoint to, float diameter);
    void clear();
    /// The picture becomes `image`, of `side`×`side` pixels; one of another size is refused with code "bad-image".
    Status set_image(GreyImage image);
    bool blank() const { return inked_ == 0; }
    const GreyImage& image() const { return image_; }
    /// Changes whenever the picture does; never goes back.
    std::uint64_t revision() const { return revision_; }

   private:
    GreyImage image_;
    std::size_t inked_ = 0;  ///< pixels with any ink
    std::uint64_t revision_ = 0;
};

}  // namespace digitlab
