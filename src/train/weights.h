#pragma once

#include <span>
#include <vector>

#include "nn/network.h"

namespace digitlab {

/// Copies of a network's parameters in its own order, one vector each.
using Weights = std::vector<std::vector<float>>;

void copy_weights(std::span<const Parameter> from, Weights& to);
/// Returns false and changes nothing if the sizes differ.
bool put_weights(const Weights& from, std::span<Parameter> to);

/// Returns the parameters of the layers after the first `frozen`; they are views into the network.
std::vector<Parameter> parameters_after(std::span<const Parameter> all, std::size_t frozen);

}  // namespace digitlab
