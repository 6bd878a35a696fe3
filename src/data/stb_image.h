#pragma once

// The parts of stb_image that are used here; stb_image.cpp holds them.

#include <cstddef>

#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_ONLY_BMP
#define STBI_ONLY_GIF
#define STBI_ONLY_PNM
#define STBI_NO_STDIO
#include <third_party/stb/stb_image.h>

namespace digitlab {

/// While one lives, stb_image gets no more than `bytes` in one piece on this thread: a picture that unpacks to more than its
/// header says ends as "outofmem", and not as a page without any memory. Without one it gets nothing at all.
class StbMemoryBound {
   public:
    explicit StbMemoryBound(std::size_t bytes);
    ~StbMemoryBound();
    StbMemoryBound(const StbMemoryBound&) = delete;
    StbMemoryBound& operator=(const StbMemoryBound&) = delete;
};

}  // namespace digitlab
