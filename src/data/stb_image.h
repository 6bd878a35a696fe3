#pragma once

// The parts of stb_image that are used here; stb_image.cpp implements them.

#include <cstddef>

#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_ONLY_BMP
#define STBI_ONLY_GIF
#define STBI_ONLY_PNM
#define STBI_NO_STDIO
#include <third_party/stb/stb_image.h>

namespace digitlab {

/// While it exists, stb_image can allocate at most `bytes` at a time on this thread. So a picture that unpacks to more than its
/// header says fails with "outofmem" and does not use up the page's memory. Without a bound, stb_image cannot allocate at all.
class StbMemoryBound {
   public:
    explicit StbMemoryBound(std::size_t bytes);
    ~StbMemoryBound();
    StbMemoryBound(const StbMemoryBound&) = delete;
    StbMemoryBound& operator=(const StbMemoryBound&) = delete;
};

}  // namespace digitlab
