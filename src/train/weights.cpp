#include "train/weights.h"

#include <algorithm>

namespace digitlab {

std::vector<Parameter> parameters_after(std::span<const Parameter> all, std::size_t frozen) {
    std::vector<Parameter> after;
    for (const Parameter& parameter : all) {
        if (parameter.layer >= frozen) after.push_back(parameter);
    }
    return after;
}

void copy_weights(std::span<const Parameter> from, Weights& to) {
    to.resize(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) to[i].assign(from[i].value.begin(), from[i].value.end());
}

bool put_weights(const Weights& from, std::span<Parameter> to) {
    const auto fits = [](const Parameter& parameter, const std::vector<float>& values) {
        return parameter.value.size() == values.size();
    };
    if (!std::ranges::equal(to, from, fits)) return false;
    for (std::size_t i = 0; i < to.size(); ++i) std::ranges::copy(from[i], to[i].value.begin());
    return true;
}

}  // namespace digitlab
