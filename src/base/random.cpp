#include "base/random.h"

#include <bit>
#include <cmath>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE4_1__)
#include <immintrin.h>
#endif

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

/// The two halves of the 64-bit products of four lanes.
struct Product {
    Lanes high, low;
};

// The code that compilers generate for plain 64-bit multiplications takes three times as long.
Product multiply(Lanes lanes, std::uint32_t by) {
#if defined(__wasm_simd128__)
    // The swizzle changes nothing, but hides the constant from Clang, which would widen it and multiply 64 by 64 bits.
    const v128_t in_order = wasm_u8x16_const(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const v128_t factor = wasm_i8x16_swizzle(wasm_u32x4_splat(by), in_order), value = reinterpret_cast<v128_t>(lanes);
    const v128_t first = wasm_u64x2_extmul_low_u32x4(value, factor), last = wasm_u64x2_extmul_high_u32x4(value, factor);
    return {reinterpret_cast<Lanes>(wasm_i32x4_shuffle(first, last, 1, 3, 5, 7)),
            reinterpret_cast<Lanes>(wasm_i32x4_shuffle(first, last, 0, 2, 4, 6))};
#elif defined(__SSE4_1__)
    const __m128i factor = _mm_set1_epi32(static_cast<int>(by)), value = reinterpret_cast<__m128i>(lanes);
    const __m128i even = _mm_mul_epu32(value, factor), odd = _mm_mul_epu32(_mm_srli_epi64(value, 32), factor);
    return {reinterpret_cast<Lanes>(_mm_blend_epi16(_mm_srli_epi64(even, 32), odd, 0b11001100)),
            reinterpret_cast<Lanes>(_mm_blend_epi16(even, _mm_slli_epi64(odd, 32), 0b11001100))};
#else
    using WideLanes = std::uint64_t __attribute__((vector_size(32)));
    const WideLanes product = __builtin_convertvector(lanes, WideLanes) * std::uint64_t{by};
    return {__builtin_convertvector(product >> 32, Lanes), __builtin_convertvector(product, Lanes)};
#endif
}

}  // namespace

std::array<std::uint32_t, 16> philox4x32_blocks(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
    // The same word of four blocks in the lanes of one vector.
    Lanes words[4] = {counter[0] + Lanes{0, 1, 2, 3}, counter[1] + Lanes{}, counter[2] + Lanes{}, counter[3] + Lanes{}};
    Lanes keys[2] = {key[0] + Lanes{}, key[1] + Lanes{}};
#pragma GCC unroll 10
    for (int round = 0; round < rounds; ++round) {
        const Product product_0 = multiply(words[0], multiplier_0), product_1 = multiply(words[2], multiplier_1);
        words[0] = product_1.high ^ words[1] ^ keys[0];
        words[1] = product_1.low;
        words[2] = product_0.high ^ words[3] ^ keys[1];
        words[3] = product_0.low;
        keys[0] += weyl_0;
        keys[1] += weyl_1;
    }
    // Transpose, so that one block follows the other.
    const Lanes first_01 = __builtin_shufflevector(words[0], words[1], 0, 4, 1, 5);
    const Lanes first_23 = __builtin_shufflevector(words[2], words[3], 0, 4, 1, 5);
    const Lanes last_01 = __builtin_shufflevector(words[0], words[1], 2, 6, 3, 7);
    const Lanes last_23 = __builtin_shufflevector(words[2], words[3], 2, 6, 3, 7);
    const Lanes blocks[4] = {
        __builtin_shufflevector(first_01, first_23, 0, 1, 4, 5), __builtin_shufflevector(first_01, first_23, 2, 3, 6, 7),
        __builtin_shufflevector(last_01, last_23, 0, 1, 4, 5), __builtin_shufflevector(last_01, last_23, 2, 3, 6, 7)};
    return std::bit_cast<std::array<std::uint32_t, 16>>(blocks);
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
/// 1e-15, and the same bits everywhere, which std::log does not guarantee.
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
    // Marsaglia's polar method: unlike Box-Muller, it needs no sine or cosine. The second value of each pair is dropped so
    // that the state stays a counter.
    for (;;) {
        const double x = static_cast<double>(next()) * 0x1p-31 - 1;
        const double y = static_cast<double>(next()) * 0x1p-31 - 1;
        const double square = x * x + y * y;
        if (square > 0 && square < 1) return static_cast<float>(x * std::sqrt(-2 * portable_log(square) / square));
    }
}

}  // namespace digitlab
