#pragma once

// The parts of stb_image that are used here; stb_image.cpp holds them. Allocations are bounded there: a picture that unpacks to
// more than its header says ends as "out of memory", not as a page without any.

#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_ONLY_BMP
#define STBI_NO_STDIO
#include <third_party/stb/stb_image.h>
