#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"
#include "data/digit_pixels.h"
#include "nn/known_classes.h"
#include "nn/model_file.h"

namespace digitlab {

/// One model's answer to one picture.
struct Answer {
    std::string model;         ///< run id of the model
    std::string name;          ///< display name: "model_mlp_run1"
    std::string architecture;  ///< id
    int digit = 0;
    float confidence = 0;              ///< probability of `digit`, calibrated
    std::vector<float> probabilities;  ///< one per class
    double ms = 0;                     ///< time of the forward pass
    bool fits = true;                  ///< false: to the model, the picture is no digit at all
    KnownClasses classes = {};         ///< the classes the model tells apart

    /// What `digit` is called: "7", "Sneaker".
    std::string label() const { return classes.name(digit); }
};

// Which answers count for consensus, ensemble and number: if any model that knows digits has answered, the answers of all such
// models, so that models of other things never disturb digits; otherwise those of models with the same data set as the first
// answer. All other answers are only shown.

/// The most confident answer that counts; null without answers.
const Answer* leading_answer(std::span<const Answer> answers);
/// Whether `answer` counts when `leading` is the leading answer.
bool counts_with(const Answer& answer, const Answer& leading);

/// Whether the models that count agree. `votes` of `models` answered `digit`; `digit` is -1 without answers or on a tie for
/// first place.
struct Consensus {
    int digit = -1;
    int votes = 0;
    int models = 0;
    std::string label = {};  ///< what `digit` is called; "" when it is -1
};

/// Models ready to answer, each with its own copy of the weights: answering never touches a network in training.
class Predictor {
   public:
    explicit Predictor(Clock clock);
    ~Predictor();

    /// Adds or replaces the model `id`. Fails with "bad-model".
    Status add(const std::string& id, const std::string& name, const Model& model);
    /// Gives the model another name, if it is there.
    void rename(const std::string& id, const std::string& name);
    void remove(const std::string& id);
    /// A copy of the model. Fails with "unknown-model".
    Result<Model> model(const std::string& id) const;
    /// Fails with "unknown-model".
    Result<Architecture> architecture(const std::string& id) const;
    /// The classes that the model tells apart; MNIST's digits when it is not there.
    KnownClasses classes(const std::string& id) const;
    /// The temperature that its logits are divided by; 1 for a model that is not calibrated or not there.
    double temperature(const std::string& id) const;
    std::vector<std::string> ids() const;  ///< in the order added
    /// The model among `only` (all when empty) with the highest validation accuracy; models that know digits come before all
    /// others. "" without any.
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

/// {model, name, architecture, digit, label, confidence, probabilities, ms, fits}, and {dataset, classNames} when the data set
/// is not MNIST.
Json to_json(const Answer& answer);

}  // namespace digitlab
