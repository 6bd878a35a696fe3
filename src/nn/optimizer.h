#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/thread_pool.h"
#include "nn/network.h"

namespace digitlab {

enum class OptimizerKind { sgd, momentum, adam };

/// JSON: {"type": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8} or just the string "adam".
struct OptimizerSpec {
    OptimizerKind kind = OptimizerKind::adam;
    float momentum = 0.9F;
    float beta1 = 0.9F, beta2 = 0.999F, epsilon = 1e-8F;

    bool operator==(const OptimizerSpec&) const = default;
};

std::string to_string(OptimizerKind kind);
Json to_json(const OptimizerSpec& spec);
Result<OptimizerSpec> optimizer_from_json(const Json& json);
/// What suits this kind when the user chooses none.
float default_learning_rate(OptimizerKind kind);

/// Updates parameters from their gradients, as PyTorch's optimizers of the same names do. One instance trains one network.
/// SGD with momentum: v = m v + g; w -= lr v. Adam: Kingma and Ba, 2015, with bias correction by step count.
class Optimizer {
   public:
    Optimizer(const OptimizerSpec& spec, std::span<const Parameter> parameters);

    /// One step over all parameters, vectorised and divided over `pool` in pieces that do not depend on its size.
    void step(std::span<Parameter> parameters, float learning_rate, ThreadPool& pool);

    std::uint64_t steps() const { return steps_; }

   private:
    OptimizerSpec spec_;
    std::uint64_t steps_ = 0;
    std::vector<std::vector<float>> first_;   ///< momentum or Adam's m, one per parameter
    std::vector<std::vector<float>> second_;  ///< Adam's v
};

}  // namespace digitlab
