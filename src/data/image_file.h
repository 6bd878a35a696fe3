#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "data/ink.h"

namespace digitlab {

/// A picture in colour, 8 bits a channel, row by row.
class RgbaImage {
   public:
    /// `pixels` are (height, width, 4), allocated with std::malloc.
    RgbaImage(int width, int height, std::uint8_t* pixels) : width(width), height(height), pixels_(pixels) {}

    int width, height;
    std::span<const std::uint8_t> rgba() const {
        return {pixels_.get(), std::size_t{4} * static_cast<std::size_t>(width) * static_cast<std::size_t>(height)};
    }

   private:
    struct Free {
        void operator()(std::uint8_t* pixels) const;
    };
    std::unique_ptr<std::uint8_t, Free> pixels_;
};

/// What is refused by its header, before any memory is taken.
struct PictureLimits {
    int side;
    std::int64_t pixels;
};

/// Limits of a picture in a data set, of which there may be thousands, and of one photo that is read for itself.
inline constexpr PictureLimits dataset_picture_limits{4096, std::int64_t{1} << 24}, photo_limits{20'000, 40'000'000};

/// Decodes a PNG, JPEG, BMP, GIF or PGM file. `name` is what messages call it. Takes no more memory than what the header says
/// is worth, and nothing for a header that says more than the file could hold. Codes "bad-image", "image-too-large" and
/// "no-memory".
Result<RgbaImage> decode_rgba(const std::string& name, std::span<const std::uint8_t> file, const PictureLimits& limits);

/// The same as grey, 0 black to 255 white.
Result<GreyImage> decode_picture(const std::string& name, std::span<const std::uint8_t> file,
                                 const PictureLimits& limits = dataset_picture_limits);

}  // namespace digitlab
