#pragma once

#include <span>
#include <vector>

#include "nn/calibration.h"

namespace digitlab {

/// A logistic regression on a network's features that distinguishes digits from anything else. First add all examples, then
/// call `standardise`, then call `improve` `rounds` times.
class DigitDetector {
   public:
    static constexpr std::size_t rounds = 300;

    explicit DigitDetector(std::size_t features) : features_(features), weights_(features, 0), speeds_(features, 0) {}

    void add_digit(std::span<const float> features) { append(examples_, features), ++digits_; }
    void add_other(std::span<const float> features) { append(examples_, features), ++others_; }
    /// Adds a digit that is not trained on. All but a few in a thousand of these must pass.
    void add_known_digit(std::span<const float> features) { append(known_digits_, features); }

    void standardise();
    /// One round of gradient descent over all examples.
    void improve();
    void write(Calibration& calibration) const;

   private:
    static void append(std::vector<float>& to, std::span<const float> values) {
        to.insert(to.end(), values.begin(), values.end());
    }

    std::size_t features_;
    std::size_t digits_ = 0, others_ = 0;
    std::vector<float> examples_;      ///< (digits + others, features): digits first
    std::vector<float> known_digits_;  ///< (rows, features)
    std::vector<float> means_, deviations_;
    std::vector<float> weights_, speeds_;  ///< for standardised features
    double bias_ = 0, bias_speed_ = 0;
};

}  // namespace digitlab
