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
    KnownClasses classes = {};         ///< what the model tells apart

    /// What `digit` is called: "7", "Sneaker".
    std::string label() const { return classes.name(digit); }
};

// Which answers count together, for consensus, ensemble and number: those of models that know digits when any of them has
// answered, so that models of other things never disturb digits; else those of the data set of the first answer. The others'
// answers are shown only.

/// The most confident answer that counts; null without answers.
const Answer* leading_answer(std::span<const Answer> answers);
/// Whether `answer` counts where `leading` leads.
bool counts_with(const Answer& answer, const Answer& leading);

/// Do the models that count agree? `votes` of `models` answered `digit`; `digit` is -1 without answers or on a tie for
/// first place.
struct Consensus {
    int digit = -1;
    int votes = 0;
    int models = 0;
    std::string label = {};  ///< what `digit` is called; "" when it is -1
};

/// Models loaded and ready to answer, each with weights of its own: answering never touches a network that trains.
class Predictor {
   public:
    explicit Predictor(Clock clock);
    ~Predictor();

    /// Adds or replaces the model `id`. Code "bad-model".
    Status add(const std::string& id, const std::string& name, const Model& model);
    /// Gives the model another name, if it is there.
    void rename(const std::string& id, const std::string& name);
    void remove(const std::string& id);
    /// A copy of the weights that answer. Code "unknown-model".
    Result<Model> model(const std::string& id) const;
    /// What the model tells apart; MNIST's digits when it is not there.
    KnownClasses classes(const std::string& id) const;
    /// By which its logits are divided; 1 for a model that is not calibrated or not there.
    double temperature(const std::string& id) const;
    std::vector<std::string> ids() const;  ///< in the order added
    /// Of the models `only` (all when empty) the one that was most often right on its validation data, those that know
    /// digits before all others; "" without any.
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

/// {model, name, architecture, digit, label, confidence, probabilities, ms, fits}, and {dataset, classNames} when that is not
/// MNIST.
Json to_json(const Answer& answer);

}  // namespace digitlab
