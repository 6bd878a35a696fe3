#include "base/random.h"

#include <cmath>

namespace digitlab {

namespace {

// Constants of Philox4x32 (Random123 1.14, philox.h).
constexpr std::uint32_t multiplier_0 = 0xD2511F53U;
constexpr std::uint32_t multiplier_1 = 0xCD9E8D57U;
constexpr std::uint32_t weyl_0 = 0x9E3779B9U;
constexpr std::uint32_t weyl_1 = 0xBB67AE85U;
constexpr int rounds = 10;

constexpr std::uint32_t high_half(std::uint64_t product) { return static_cast<std::uint32_t>(product >> 32); }
constexpr std::uint32_t low_half(std::uint64_t product) { return static_cast<std::uint32_t>(product); }

}  // namespace

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
    for (int round = 0; round < rounds; ++round) {
        const std::uint64_t product_0 = static_cast<std::uint64_t>(multiplier_0) * counter[0];
        const std::uint64_t product_1 = static_cast<std::uint64_t>(multiplier_1) * counter[2];
        counter = {high_half(product_1) ^ counter[1] ^ key[0], low_half(product_1), high_half(product_0) ^ counter[3] ^ key[1],
                   low_half(product_0)};
        key[0] += weyl_0;
        key[1] += weyl_1;
    }
    return counter;
}

namespace {

using Lanes = std::uint32_t __attribute__((vector_size(16)));
using WideLanes = std::uint64_t __attribute__((vector_size(32)));

}  // namespace

std::array<std::uint32_t, 16> philox4x32_blocks(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
    // The same word of four blocks in the lanes of one vector.
    Lanes words[4] = {counter[0] + Lanes{0, 1, 2, 3}, counter[1] + Lanes{}, counter[2] + Lanes{}, counter[3] + Lanes{}};
    for (int round = 0; round < rounds; ++round) {
        const WideLanes product_0 = __builtin_convertvector(words[0], WideLanes) * std::uint64_t{multiplier_0};
        const WideLanes product_1 = __builtin_convertvector(words[2], WideLanes) * std::uint64_t{multiplier_1};
        words[0] = __builtin_convertvector(product_1 >> 32, Lanes) ^ words[1] ^ key[0];
        words[1] = __builtin_convertvector(product_1, Lanes);
        words[2] = __builtin_convertvector(product_0 >> 32, Lanes) ^ words[3] ^ key[1];
        words[3] = __builtin_convertvector(product_0, Lanes);
        key[0] += weyl_0;
        key[1] += weyl_1;
    }
    std::array<std::uint32_t, 16> numbers{};
    for (std::size_t block = 0; block < 4; ++block) {
        for (std::size_t word = 0; word < 4; ++word) numbers[4 * block + word] = words[word][block];
    }
    return numbers;
}

RandomStream::RandomStream(std::uint64_t seed, RandomPurpose purpose, std::uint32_t index, std::uint32_t subindex)
    : key_{low_half(seed), high_half(seed)}, counter_{0, subindex, index, static_cast<std::uint32_t>(purpose)} {}

std::uint32_t RandomStream::next() {
    if (used_ == 4) {
        block_ = philox4x32(counter_, key_);
        ++counter_[0];
        used_ = 0;
    }
    return block_[static_cast<std::size_t>(used_++)];
}

float RandomStream::uniform() { return static_cast<float>(next() >> 8) * 0x1p-24F; }

std::uint32_t RandomStream::below(std::uint32_t bound) {
    // Lemire, "Fast random integer generation in an interval", 2019: reject the few values that would bias the result.
    const std::uint32_t threshold = (0U - bound) % bound;
    for (;;) {
        const std::uint64_t product = static_cast<std::uint64_t>(next()) * bound;
        if (low_half(product) >= threshold) return high_half(product);
    }
}

namespace {

/// Natural logarithm of x in (0, 1], from + - * / alone: atanh series on the mantissa in [1/sqrt 2, sqrt 2). Error below
/// 1e-15, and the same bits everywhere, which std::log does not promise.
double portable_log(double x) {
    int exponent = 0;
    double mantissa = std::frexp(x, &exponent);
    if (mantissa < 0.70710678118654752) {
        mantissa *= 2;
        --exponent;
    }
    const double ratio = (mantissa - 1) / (mantissa + 1);
    const double square = ratio * ratio;
    double sum = 0;
    for (int power = 21; power >= 1; power -= 2) sum = sum * square + 1.0 / power;
    return 2 * ratio * sum + exponent * 0.69314718055994531;
}

}  // namespace

float RandomStream::normal() {
    // Marsaglia's polar method: unlike Box-Muller's it needs no sine or cosine. The second value of each pair is dropped so
    // that the state stays a counter.
    for (;;) {
        const double x = static_cast<double>(next()) * 0x1p-31 - 1;
        const double y = static_cast<double>(next()) * 0x1p-31 - 1;
        const double square = x * x + y * y;
        if (square > 0 && square < 1) return static_cast<float>(x * std::sqrt(-2 * portable_log(square) / square));
    }
}

}  // namespace digitlab
