// Compiles the implementation of stb_image, for data/image_file.cpp.

#include <cstddef>
#include <cstdlib>

namespace {

thread_local std::size_t largest_allocation = 0;

void* bounded_malloc(std::size_t bytes) { return bytes <= largest_allocation ? std::malloc(bytes) : nullptr; }
void* bounded_realloc(void* old, std::size_t bytes) { return bytes <= largest_allocation ? std::realloc(old, bytes) : nullptr; }

}  // namespace

#define STBI_MALLOC(bytes) bounded_malloc(bytes)
#define STBI_REALLOC(old, bytes) bounded_realloc(old, bytes)
#define STBI_FREE(old) std::free(old)
#define STB_IMAGE_IMPLEMENTATION
#include "data/stb_image.h"

namespace digitlab {

StbMemoryBound::StbMemoryBound(std::size_t bytes) { largest_allocation = bytes; }
StbMemoryBound::~StbMemoryBound() { largest_allocation = 0; }

}  // namespace digitlab
