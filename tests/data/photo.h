#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.h"
#include "data/dataset.h"

namespace digitlab {

/// A photo of a sheet of paper as a phone takes it, 640×480 in colour.
struct Photo {
    static constexpr int width = 640, height = 480;

    std::vector<std::uint8_t> rgba;  ///< (height, width, 4)
};

/// Writes the images `rows` of `data` (28×28) on paper, side by side: size, position, small rotation, ink and paper colour are
/// drawn from `random`, as are light that falls off to one side, a soft shadow and the sensor's noise. Ink and paper differ by
/// at least 90 of 255 levels in some colour. `touching`: the digits' boxes overlap slightly instead of being apart.
Photo photo_of_digits(const Dataset& data, std::span<const std::uint32_t> rows, RandomStream random, bool touching = false);

}  // namespace digitlab
