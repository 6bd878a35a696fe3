#pragma once

#include <tiny_dnn/util/weight_init.h>

#include <cmath>
#include <cstdint>

#include "base/random.h"

namespace digitlab {

/// Normal with variance 2 / fan-in (He et al., 2015), for layers followed by a rectifier. tiny-dnn's own initialisers draw from
/// one global generator; this one has its own stream.
class HeInitialiser final : public tiny_dnn::weight_init::function {
   public:
    HeInitialiser(std::uint64_t seed, std::uint32_t layer) : random_(seed, RandomPurpose::initial_weights, layer) {}

    void fill(tiny_dnn::vec_t* weight, tiny_dnn::serial_size_t fan_in, tiny_dnn::serial_size_t) override {
        const float deviation = std::sqrt(2.0F / static_cast<float>(fan_in));
        for (float& value : *weight) value = random_.normal() * deviation;
    }

   private:
    RandomStream random_;
};

/// Uniform with variance 2 / (fan-in + fan-out) (Glorot and Bengio, 2010), for the rest.
class GlorotInitialiser final : public tiny_dnn::weight_init::function {
   public:
    GlorotInitialiser(std::uint64_t seed, std::uint32_t layer) : random_(seed, RandomPurpose::initial_weights, layer) {}

    void fill(tiny_dnn::vec_t* weight, tiny_dnn::serial_size_t fan_in, tiny_dnn::serial_size_t fan_out) override {
        const float limit = std::sqrt(6.0F / (static_cast<float>(fan_in) + static_cast<float>(fan_out)));
        for (float& value : *weight) value = (random_.uniform() * 2.0F - 1.0F) * limit;
    }

   private:
    RandomStream random_;
};

}  // namespace digitlab
