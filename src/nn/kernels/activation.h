#pragma once

#include <cstddef>

#include "nn/architecture.h"

namespace digitlab {

inline constexpr float leaky_relu_slope = 0.01F;  ///< as PyTorch's LeakyReLU

/// values = f(values), in place.
void apply_activation(Activation activation, float* values, std::size_t count);

/// to = from * f'(x), where `output` is f(x): the derivative of every activation here follows from its output.
/// `to` may be `from`.
void activation_gradient(Activation activation, const float* output, const float* from, float* to, std::size_t count);

}  // namespace digitlab
