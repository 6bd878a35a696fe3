#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "data/ink.h"

namespace digitlab {

/// A colour picture, 8 bits per channel, row by row.
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

/// Larger pictures are refused by their header, before any memory is allocated.
struct PictureLimits {
    int side;
    std::int64_t pixels;
};

/// The limits for a picture in a data set, which may hold thousands, and for a single photo.
inline constexpr PictureLimits dataset_picture_limits{4096, std::int64_t{1} << 24}, photo_limits{20'000, 40'000'000};

/// Decodes a PNG, JPEG, BMP, GIF or PGM file. `name` is what messages call it. Allocates no more than the size in the header
/// justifies, and nothing if that is more than the file could hold. Fails with "bad-image", "image-too-large" or "no-memory".
Result<RgbaImage> decode_rgba(const std::string& name, std::span<const std::uint8_t> file, const PictureLimits& limits);

/// Decodes to grey, 0 black to 255 white.
Result<GreyImage> decode_picture(const std::string& name, std::span<const std::uint8_t> file,
                                 const PictureLimits& limits = dataset_picture_limits);

}  // namespace digitlab
