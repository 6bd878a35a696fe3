#include "nn/kernels/elementary.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

using namespace digitlab;

namespace {

/// The distance from `exact` in units of its last place as a float.
double error_in_ulps(float value, double exact) {
    const float nearest = static_cast<float>(exact);
    const double unit =
        static_cast<double>(std::nextafter(std::abs(nearest), std::numeric_limits<float>::infinity()) - std::abs(nearest));
    return std::abs(static_cast<double>(value) - exact) / unit;
}

template <class Function, class Exact>
double worst_error(float low, float high, Function&& function, Exact&& exact) {
    constexpr int points = 200001;
    double worst = 0;
    for (int i = 0; i < points; ++i) {
        const float x = low + (high - low) * static_cast<float>(i) / (points - 1);
        worst = std::max(worst, error_in_ulps(function(simd::splat(x))[0], exact(static_cast<double>(x))));
    }
    return worst;
}

}  // namespace

TEST_CASE("elementary functions are as accurate as documented") {
    CHECK(worst_error(-87, 87, simd::exponential, [](double x) { return std::exp(x); }) < 2);
    CHECK(worst_error(-1, 1, simd::exponential, [](double x) { return std::exp(x); }) < 2);
    CHECK(worst_error(1e-3F, 10, simd::logarithm, [](double x) { return std::log(x); }) < 2);
    CHECK(worst_error(1, 1e6F, simd::logarithm, [](double x) { return std::log(x); }) < 2);
    CHECK(worst_error(-10, 10, simd::hyperbolic_tangent, [](double x) { return std::tanh(x); }) < 3);
    CHECK(worst_error(-0.7F, 0.7F, simd::hyperbolic_tangent, [](double x) { return std::tanh(x); }) < 3);
    CHECK(worst_error(-20, 20, simd::logistic, [](double x) { return 1 / (1 + std::exp(-x)); }) < 3);
}

TEST_CASE("elementary functions stay sensible at the ends") {
    const float infinity = std::numeric_limits<float>::infinity();
    CHECK(simd::exponential(simd::splat(0.0F))[0] == 1.0F);
    CHECK(simd::exponential(simd::splat(-infinity))[0] < 1e-37F);
    CHECK(std::isfinite(simd::exponential(simd::splat(infinity))[0]));
    CHECK(std::isnan(simd::exponential(simd::splat(std::nanf("")))[0]));
    CHECK(simd::logarithm(simd::splat(1.0F))[0] == 0.0F);
    CHECK(simd::hyperbolic_tangent(simd::splat(100.0F))[0] == 1.0F);
    CHECK(simd::hyperbolic_tangent(simd::splat(-100.0F))[0] == -1.0F);
}

TEST_CASE("vectors load, store and select lane by lane") {
    float from[simd::width], to[simd::width];
    for (int i = 0; i < simd::width; ++i) from[i] = static_cast<float>(i - 1);
    for (int count = 0; count <= simd::width; ++count) {
        const simd::Floats some = simd::load_some(from, count);
        for (int i = 0; i < simd::width; ++i) CHECK(some[i] == (i < count ? from[i] : 0.0F));
        for (float& value : to) value = 9;
        simd::store_some(to, simd::load(from), count);
        for (int i = 0; i < simd::width; ++i) CHECK(to[i] == (i < count ? from[i] : 9.0F));
    }
    CHECK(std::signbit(simd::splat(-0.0F)[0]));
    CHECK(simd::square_root(simd::splat(2.0F))[0] == std::sqrt(2.0F));
    CHECK(simd::absolute(simd::splat(-2.0F))[0] == 2.0F);
    CHECK(simd::greater(simd::splat(-2.0F), simd::splat(3.0F))[0] == 3.0F);
}
