// The implementation of stb_image, for data/inflate.cpp and data/image_file.cpp.

#include <cstddef>
#include <cstdlib>

namespace {

/// Four bytes for each of 16 million pixels, and some.
constexpr std::size_t largest_allocation = 96U << 20U;

void* bounded_malloc(std::size_t bytes) { return bytes <= largest_allocation ? std::malloc(bytes) : nullptr; }
void* bounded_realloc(void* old, std::size_t bytes) { return bytes <= largest_allocation ? std::realloc(old, bytes) : nullptr; }

}  // namespace

#define STBI_MALLOC(bytes) bounded_malloc(bytes)
#define STBI_REALLOC(old, bytes) bounded_realloc(old, bytes)
#define STBI_FREE(old) std::free(old)
#define STB_IMAGE_IMPLEMENTATION
#include "data/stb_image.h"
