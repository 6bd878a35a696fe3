#pragma once

#include "nn/kernels/simd.h"

/// Elementary functions that use only + - * / and compute several values at a time. The C library's functions differ in their
/// last bits between platforms and compute one value at a time. The coefficients are those of Cephes (S. Moshier); measured
/// errors are in tests/nn/kernels/elementary_test.cpp.
namespace digitlab::simd {

/// e^x within 2 units in the last place for |x| <= 87; beyond that, the value at the limit. NaN stays NaN.
inline Floats exponential(Floats x) {
    const Floats limited_above = select(x > 87.0F, splat(87.0F), x);
    const Floats limited = select(limited_above < -87.0F, splat(-87.0F), limited_above);
    // Adding and subtracting 1.5 * 2^23 rounds to the nearest integer.
    const Floats exponent = (limited * 1.44269504F + 12582912.0F) - 12582912.0F;
    // ln 2 in two parts; the first has few bits, so that the remainder is exact.
    const Floats rest = (limited - exponent * 0.693359375F) - exponent * -2.12194440e-4F;
    Floats sum = rest * 1.9875691500e-4F + 1.3981999507e-3F;
    sum = sum * rest + 8.3334519073e-3F;
    sum = sum * rest + 4.1665795894e-2F;
    sum = sum * rest + 1.6666665459e-1F;
    sum = sum * rest + 5.0000001201e-1F;
    sum = (sum * rest * rest + rest) + 1.0F;
    // NOLINTNEXTLINE(misc-redundant-expression): only NaN differs from itself.
    const Ints power = __builtin_convertvector(select(x == x, exponent, Floats{}), Ints);
    return sum * as_floats((power + 127) << 23);
}

/// tanh x within 3 units in the last place.
inline Floats hyperbolic_tangent(Floats x) {
    const Floats size = absolute(x);
    const Floats square = x * x;
    Floats series = square * -5.70498872745e-3F + 2.06390887954e-2F;
    series = series * square - 5.37397155531e-2F;
    series = series * square + 1.33314422036e-1F;
    series = series * square - 3.33332819422e-1F;
    const Floats near_zero = series * square * x + x;
    const Floats away = 1.0F - 2.0F / (exponential(size + size) + 1.0F);
    const Floats signed_away = select(x < 0.0F, -away, away);
    return select(size < 0.625F, near_zero, signed_away);
}

/// 1 / (1 + e^-x) within 3 units in the last place.
inline Floats logistic(Floats x) { return 1.0F / (exponential(-x) + 1.0F); }

/// ln x within 2 units in the last place, for positive normal x.
inline Floats logarithm(Floats x) {
    const Ints bits = as_ints(x);
    // Mantissa in [sqrt 1/2, sqrt 2): 0x3F3504F3 is sqrt 1/2.
    const Ints shifted = bits - 0x3F3504F3;
    const Floats exponent = __builtin_convertvector(shifted >> 23, Floats);
    const Floats y = as_floats((shifted & 0x007FFFFF) + 0x3F3504F3) - 1.0F;
    const Floats square = y * y;
    Floats sum = y * 7.0376836292e-2F - 1.1514610310e-1F;
    sum = sum * y + 1.1676998740e-1F;
    sum = sum * y - 1.2420140846e-1F;
    sum = sum * y + 1.4249322787e-1F;
    sum = sum * y - 1.6668057665e-1F;
    sum = sum * y + 2.0000714765e-1F;
    sum = sum * y - 2.4999993993e-1F;
    sum = sum * y + 3.3333331174e-1F;
    Floats result = sum * y * square;
    result = result + exponent * -2.12194440e-4F;
    result = result - 0.5F * square;
    result = y + result;
    return result + exponent * 0.693359375F;
}

}  // namespace digitlab::simd
