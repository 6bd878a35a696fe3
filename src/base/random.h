#pragma once

#include <array>
#include <cstdint>

namespace digitlab {

/// Counter-based random numbers: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011). The n-th number of a stream is a pure function of (seed, stream, n), so threads
/// draw reproducibly in any order and a stream can be resumed from its counter alone.
std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

/// Four blocks of numbers at once, several times faster: result[4 i + j] is number j of the block whose counter is `counter`
/// with i added to its first word.
std::array<std::uint32_t, 16> philox4x32_blocks(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

/// What a stream is for; part of the stream id, so that purposes never share numbers.
enum class RandomPurpose : std::uint32_t {
    initial_weights = 1,
    validation_split,
    shuffle,
    dropout,
    augmentation,
    sampling,
    digit_style,
    label_noise,
};

/// A sequence of random numbers. Cheap to create: one per layer, per epoch, per image.
class RandomStream {
   public:
    /// `index` and `subindex` tell streams of one purpose apart (for instance epoch and row).
    RandomStream(std::uint64_t seed, RandomPurpose purpose, std::uint32_t index = 0, std::uint32_t subindex = 0);

    std::uint32_t next();
    /// Uniform in [0, 1), 24 random bits.
    float uniform();
    /// Uniform in [low, high).
    float between(float low, float high) { return low + (high - low) * uniform(); }
    /// Uniform in [0, bound), unbiased; bound > 0.
    std::uint32_t below(std::uint32_t bound);
    /// Standard normal. Uses only operations that native and wasm builds round alike.
    float normal();

   private:
    std::array<std::uint32_t, 2> key_;
    std::array<std::uint32_t, 4> counter_;
    std::array<std::uint32_t, 4> block_{};
    int used_ = 4;
};

}  // namespace digitlab
