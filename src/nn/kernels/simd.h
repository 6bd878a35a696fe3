#pragma once

#include <cstdint>
#include <cstring>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <immintrin.h>
#endif

/// Portable vectors, using the vector extensions of GCC and Clang. The width only affects speed: kernels compute every output
/// with one fixed sequence of operations and use the lanes for independent outputs, so that WebAssembly (4 lanes), AVX2 (8) and
/// AVX-512 (16) give the same bits.
namespace digitlab::simd {

#if defined(__AVX512F__)
inline constexpr int width = 16;
#elif defined(__AVX__)
inline constexpr int width = 8;
#else
inline constexpr int width = 4;
#endif

/// The widest vector of any build. Buffers whose rows are padded are padded to this, so that layouts are the same everywhere.
inline constexpr int padding = 16;

template <class Int>
constexpr Int padded(Int count) {
    return (count + padding - 1) / padding * padding;
}

using Floats = float __attribute__((vector_size(width * sizeof(float))));
using Ints = std::int32_t __attribute__((vector_size(width * sizeof(std::int32_t))));

inline Floats load(const float* from) {
    Floats value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

inline void store(float* to, Floats value) { std::memcpy(to, &value, sizeof value); }

/// Loads the first `count` lanes; the rest are zero.
inline Floats load_some(const float* from, int count) {
    Floats value{};
    for (int lane = 0; lane < width; ++lane) {
        if (lane < count) value[lane] = from[lane];
    }
    return value;
}

inline void store_some(float* to, Floats value, int count) {
    for (int lane = 0; lane < width; ++lane) {
        if (lane < count) to[lane] = value[lane];
    }
}

// x - 0 is x for every x, signed zeros included (x + 0 is not), and compiles to a broadcast.
inline Floats splat(float value) { return value - Floats{}; }
inline Ints splat(std::int32_t value) { return value - Ints{}; }

inline Floats select(Ints mask, Floats yes, Floats no) { return mask ? yes : no; }
inline Floats greater(Floats a, Floats b) { return select(a > b, a, b); }

inline Ints as_ints(Floats value) {
    Ints bits;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}
inline Floats as_floats(Ints bits) {
    Floats value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}
/// Loads all lanes or, if `count` is less, the first `count`.
inline Floats load_lanes(const float* from, int count) { return count >= width ? load(from) : load_some(from, count); }
inline void store_lanes(float* to, Floats value, int count) {
    if (count >= width) {
        store(to, value);
    } else {
        store_some(to, value, count);
    }
}

inline Floats absolute(Floats value) { return as_floats(as_ints(value) & 0x7FFFFFFF); }

/// a * b + c, rounded twice; rounded once if relaxed SIMD offers that and the build trades equal bits for speed.
inline Floats multiply_add(Floats a, Floats b, Floats c) {
#if defined(__wasm_relaxed_simd__)
    return (Floats)wasm_f32x4_relaxed_madd((v128_t)a, (v128_t)b, (v128_t)c);
#else
    return a * b + c;
#endif
}

/// Correctly rounded, as IEEE 754 requires for square roots.
inline Floats square_root(Floats value) {
#if defined(__AVX512F__)
    return (Floats)_mm512_sqrt_ps((__m512)value);
#elif defined(__AVX__)
    return (Floats)_mm256_sqrt_ps((__m256)value);
#elif defined(__SSE2__)
    return (Floats)_mm_sqrt_ps((__m128)value);
#elif defined(__wasm_simd128__)
    return (Floats)wasm_f32x4_sqrt((v128_t)value);
#else
    for (int lane = 0; lane < width; ++lane) value[lane] = __builtin_sqrtf(value[lane]);
    return value;
#endif
}

}  // namespace digitlab::simd
