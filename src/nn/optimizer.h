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

enum class OptimizerKind { sgd, momentum, nesterov, rmsprop, adam, adamw };

/// JSON: {"type": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0, "clipNorm": 0} or just the
/// string "adam".
struct OptimizerSpec {
    OptimizerKind kind = OptimizerKind::adam;
    float momentum = 0.9F;               ///< momentum and nesterov
    float alpha = 0.99F;                 ///< rmsprop: share of the mean square that is kept
    float beta1 = 0.9F, beta2 = 0.999F;  ///< adam and adamw
    float epsilon = 1e-8F;               ///< rmsprop, adam and adamw
    float weight_decay = 0;              ///< on weights, not biases; part of the gradient except in adamw
    float clip_norm = 0;                 ///< longer gradients over all parameters are scaled down to this; 0: no limit

    bool operator==(const OptimizerSpec&) const = default;
};

std::string to_string(OptimizerKind kind);
Json to_json(const OptimizerSpec& spec);
Result<OptimizerSpec> optimizer_from_json(const Json& json);
/// The names of all kinds, in the order in which they are offered.
std::vector<std::string> optimizer_names();
/// The learning rate for this kind if the user chooses none.
float default_learning_rate(OptimizerKind kind);

/// What an optimizer keeps from step to step.
struct OptimizerState {
    std::uint64_t steps = 0;
    std::vector<std::vector<float>> first;   ///< momentum or Adam's m, one per parameter; empty if not used
    std::vector<std::vector<float>> second;  ///< Adam's v, RMSprop's mean square
};

/// Whether both have the same number of vectors, and each is as long as its counterpart.
bool same_sizes(const std::vector<std::vector<float>>& one, const std::vector<std::vector<float>>& other);

/// Updates parameters from their gradients, as PyTorch's optimizers of the same names do. One instance trains one network.
/// SGD with momentum: v = m v + g; w -= lr v. Nesterov: w -= lr (g + m v). RMSprop: Hinton, 2012. Adam: Kingma and Ba, 2015,
/// with bias correction by step count. AdamW: Loshchilov and Hutter, 2019.
class Optimizer {
   public:
    Optimizer(const OptimizerSpec& spec, std::span<const Parameter> parameters);

    /// One step over all parameters, vectorised and divided among `pool` in pieces that do not depend on its size.
    void step(std::span<Parameter> parameters, float learning_rate, ThreadPool& pool);

    /// The length (2-norm) of the gradient of all parameters together. The same for any number of threads; allocates nothing.
    double gradient_norm(std::span<const Parameter> parameters, ThreadPool& pool);

    std::uint64_t steps() const { return state_.steps; }
    const OptimizerState& state() const { return state_; }
    /// Restores the state of an optimizer of the same spec and parameters. If sizes differ, changes nothing and returns false.
    bool restore(OptimizerState state);

   private:
    /// The factor that scales the length of the whole gradient down to the spec's clip_norm.
    float clip_factor(std::span<const Parameter> parameters, ThreadPool& pool);

    OptimizerSpec spec_;
    OptimizerState state_;
    std::vector<double> piece_norms_;  ///< squared norms, one per task of a step
};

}  // namespace digitlab
