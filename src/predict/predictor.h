#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"
#include "data/digit_pixels.h"
#include "nn/model_file.h"

namespace digitlab {

/// What one model says of one picture.
struct Answer {
    std::string model;         ///< run id of the model
    std::string name;          ///< for people: "model_mlp_run1"
    std::string architecture;  ///< id
    int digit = 0;
    float confidence = 0;              ///< probability of `digit`, calibrated
    std::vector<float> probabilities;  ///< one per class
    double ms = 0;                     ///< time of the forward pass
    bool fits = true;                  ///< false: the model takes the picture for no digit at all
};

/// Do the models agree? `votes` of `models` answered `digit`; `digit` is -1 without answers or on a tie for first place.
struct Consensus {
    int digit = -1;
    int votes = 0;
    int models = 0;
};

/// Models loaded and ready to answer, each with weights of its own: answering never touches a network that trains.
class Predictor {
   public:
    explicit Predictor(Clock clock);
    ~Predictor();

    /// Adds or replaces the model `id`. Code "bad-model".
    Status add(const std::string& id, const std::string& name, const Model& model);
    void remove(const std::string& id);
    /// A copy of the weights that answer. Code "unknown-model".
    Result<Model> model(const std::string& id) const;
    /// By which its logits are divided; 1 for a model that is not calibrated or not there.
    double temperature(const std::string& id) const;
    std::vector<std::string> ids() const;  ///< in the order added
    /// Of the models `only` (all when empty) the one that was most often right on its validation data; "" without any.
    std::string best(std::span<const std::string> only = {}) const;

    /// Every model's answer, most confident first. `only` restricts to these ids; an unknown id is an error ("unknown-model").
    Result<std::vector<Answer>> predict(std::span<const float, digit_pixels> pixels, std::span<const std::string> only = {});

   private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

Consensus find_consensus(std::span<const Answer> answers);

/// The `count` most probable digits, best first.
std::vector<int> top_digits(std::span<const float> probabilities, int count);

Json to_json(const Answer& answer);

}  // namespace digitlab
