#include "nn/kernels/dropout.h"

#include <algorithm>

#include "base/random.h"

namespace digitlab {

void make_dropout_mask(const DropoutStream& stream, float rate, std::size_t first, std::size_t count, float* mask) {
    const float scale = 1.0F / (1.0F - rate);
    // Compare 24 bits of each random number with a threshold that is exact in a float.
    const auto threshold = static_cast<std::uint32_t>(rate * 0x1p24F);
    const std::array<std::uint32_t, 2> key = {static_cast<std::uint32_t>(stream.seed),
                                              static_cast<std::uint32_t>(stream.seed >> 32)};
    const auto purpose = static_cast<std::uint32_t>(RandomPurpose::dropout);
    const std::uint32_t layer = stream.layer | static_cast<std::uint32_t>(stream.step >> 32) << 8;
    for (std::size_t i = 0; i < count; i += 16) {
        const auto block = static_cast<std::uint32_t>((first + i) / 4);
        const auto random = philox4x32_blocks({block, static_cast<std::uint32_t>(stream.step), layer, purpose}, key);
        float values[16];
        for (std::size_t j = 0; j < 16; ++j) values[j] = random[j] >> 8 < threshold ? 0.0F : scale;
        std::copy_n(values, std::min<std::size_t>(16, count - i), mask + i);
    }
}

void multiply_values(const float* from, const float* mask, float* to, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) to[i] = from[i] * mask[i];
}

}  // namespace digitlab
