#pragma once

#include <bit>
#include <cstdint>

/// IEEE 754 binary16 ("half precision"): 1 sign, 5 exponent, 10 mantissa bits.
namespace digitlab {

/// Rounds to the nearest half, ties to even; beyond 65,504 becomes infinity; NaN stays NaN.
constexpr std::uint16_t half_from_float(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const auto sign = static_cast<std::uint16_t>(bits >> 16 & 0x8000U);
    const std::uint32_t size = bits & 0x7FFFFFFFU;
    if (size > 0x7F800000U) return static_cast<std::uint16_t>(sign | 0x7E00U);
    if (size >= 0x47800000U) return static_cast<std::uint16_t>(sign | 0x7C00U);  // 65536 and more
    std::uint32_t mantissa = 0, dropped_bits = 0;
    if (size >= 0x38800000U) {  // a normal half: exponent bias 127 becomes 15
        mantissa = size - (112U << 23U);
        dropped_bits = 13;
    } else {
        const std::uint32_t exponent = size >> 23U;
        if (exponent < 102) return sign;  // below half of the smallest subnormal
        mantissa = (size & 0x7FFFFFU) | 0x800000U;
        dropped_bits = 126 - exponent;
    }
    const std::uint32_t kept = mantissa >> dropped_bits, rest = mantissa & ((1U << dropped_bits) - 1);
    const std::uint32_t middle = 1U << (dropped_bits - 1);
    const bool up = rest > middle || (rest == middle && (kept & 1U) != 0);
    return static_cast<std::uint16_t>(sign | (kept + (up ? 1U : 0U)));
}

/// The conversion is exact.
constexpr float float_from_half(std::uint16_t half) {
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000U) << 16U;
    const std::uint32_t exponent = half >> 10U & 0x1FU, mantissa = half & 0x3FFU;
    if (exponent == 31) return std::bit_cast<float>(sign | 0x7F800000U | mantissa << 13U);
    if (exponent > 0) return std::bit_cast<float>(sign | (exponent + 112U) << 23U | mantissa << 13U);
    const float size = static_cast<float>(mantissa) * 0x1p-24F;
    return sign ? -size : size;
}

}  // namespace digitlab
