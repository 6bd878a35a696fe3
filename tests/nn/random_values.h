#pragma once

#include <vector>

#include "base/random.h"

namespace digitlab {

/// Returns values that are uniform in [-1, 1).
inline std::vector<float> random_values(std::size_t count, std::uint64_t seed) {
    RandomStream random(seed, RandomPurpose::sampling);
    std::vector<float> values(count);
    for (float& value : values) value = random.uniform() * 2.0F - 1.0F;
    return values;
}

}  // namespace digitlab
