#include "nn/kernels/activation.h"

#include "nn/kernels/elementary.h"
#include "nn/kernels/simd.h"

namespace digitlab {

namespace {

using simd::Floats;

template <class Function>
void map(float* values, std::size_t count, Function&& f) {
    std::size_t i = 0;
    for (; i + simd::width <= count; i += simd::width) simd::store(values + i, f(simd::load(values + i)));
    const auto rest = static_cast<int>(count - i);
    if (rest > 0) simd::store_some(values + i, f(simd::load_some(values + i, rest)), rest);
}

template <class Function>
void map_gradient(const float* output, const float* from, float* to, std::size_t count, Function&& f) {
    std::size_t i = 0;
    for (; i + simd::width <= count; i += simd::width) simd::store(to + i, f(simd::load(output + i), simd::load(from + i)));
    const auto rest = static_cast<int>(count - i);
    if (rest > 0) simd::store_some(to + i, f(simd::load_some(output + i, rest), simd::load_some(from + i, rest)), rest);
}

}  // namespace

void apply_activation(Activation activation, float* values, std::size_t count) {
    switch (activation) {
        case Activation::none: return;
        case Activation::relu: return map(values, count, [](Floats x) { return simd::greater(x, Floats{}); });
        case Activation::leaky_relu:
            return map(values, count, [](Floats x) { return simd::select(x > 0.0F, x, x * leaky_relu_slope); });
        case Activation::tanh: return map(values, count, [](Floats x) { return simd::hyperbolic_tangent(x); });
        case Activation::sigmoid: return map(values, count, [](Floats x) { return simd::logistic(x); });
    }
}

void activation_gradient(Activation activation, const float* output, const float* from, float* to, std::size_t count) {
    switch (activation) {
        case Activation::none: return map_gradient(output, from, to, count, [](Floats, Floats g) { return g; });
        case Activation::relu:
            return map_gradient(output, from, to, count,
                                [](Floats y, Floats g) { return simd::select(y > 0.0F, g, Floats{}); });
        case Activation::leaky_relu:
            return map_gradient(output, from, to, count,
                                [](Floats y, Floats g) { return simd::select(y > 0.0F, g, g * leaky_relu_slope); });
        case Activation::tanh:
            return map_gradient(output, from, to, count, [](Floats y, Floats g) { return g * (1.0F - y * y); });
        case Activation::sigmoid:
            return map_gradient(output, from, to, count, [](Floats y, Floats g) { return g * (y * (1.0F - y)); });
    }
}

}  // namespace digitlab
