#pragma once

/// Replacements for functions of the C library whose last bits differ between platforms. They use only + - * /, so the bits are
/// the same everywhere.
namespace digitlab {

/// cos x for |x| <= 2 pi, error below 1e-11: Taylor's series around zero.
inline double portable_cosine(double x) {
    double sum = 0, term = 1;
    for (int n = 1; n <= 39; n += 2) {
        sum += term;
        term *= -x * x / (n * (n + 1));
    }
    return sum;
}

/// sin x for |x| <= 2 pi - pi / 2.
inline double portable_sine(double x) { return portable_cosine(x - 1.57079632679489662); }

}  // namespace digitlab
