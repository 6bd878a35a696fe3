#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "data/digit_pixels.h"
#include "data/ink.h"

namespace digitlab {

/// Fills a rectangle that lies within the image.
inline void fill(GreyImage& image, int left, int top, int right, int bottom, std::uint8_t ink = 255) {
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) image.ink[static_cast<std::size_t>(y * image.width + x)] = ink;
    }
}

/// The sum of the differences between pixels at the same place.
inline double difference(const DigitPixels& a, const DigitPixels& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(std::abs(a[i] - b[i]));
    return sum;
}

}  // namespace digitlab
