#include "train/digit_detector.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace digitlab {

namespace {

constexpr double learning_rate = 0.5, momentum = 0.9;
constexpr float shrinkage = 1e-4F;
/// Share of known digits that are rejected: three in a thousand of MNIST are not recognisable as digits, and rejecting most
/// scribbles costs as many again.
constexpr double rejected_share = 0.006;

double dot(const float* a, const float* b, std::size_t count) {
    float sums[8] = {};  // independent sums, so that the loop is vectorised
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        for (std::size_t lane = 0; lane < 8; ++lane) sums[lane] += a[i + lane] * b[i + lane];
    }
    double sum = 0;
    for (; i < count; ++i) sum += static_cast<double>(a[i] * b[i]);
    for (const float one : sums) sum += static_cast<double>(one);
    return sum;
}

}  // namespace

void DigitDetector::standardise() {
    const std::size_t rows = digits_ + others_;
    means_.assign(features_, 0);
    deviations_.assign(features_, 0);
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t i = 0; i < features_; ++i) means_[i] += examples_[row * features_ + i] / static_cast<float>(rows);
    }
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t i = 0; i < features_; ++i) {
            const float difference = examples_[row * features_ + i] - means_[i];
            deviations_[i] += difference * difference / static_cast<float>(rows);
        }
    }
    // A feature that never changes (a corner of the image, a dead unit) must not dominate if it does change.
    for (float& deviation : deviations_) deviation = std::sqrt(deviation) + 1e-2F;
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t i = 0; i < features_; ++i) {
            float& value = examples_[row * features_ + i];
            value = (value - means_[i]) / deviations_[i];
        }
    }
}

/// Digits and other shapes have equal weight, whatever their numbers.
void DigitDetector::improve() {
    std::vector<float> gradient(features_, 0);
    double bias_gradient = 0;
    for (std::size_t row = 0; row < digits_ + others_; ++row) {
        const float* example = examples_.data() + row * features_;
        const bool digit = row < digits_;
        const double probability = 1 / (1 + std::exp(-(bias_ + dot(weights_.data(), example, features_))));
        const double weight = 0.5 / static_cast<double>(digit ? digits_ : others_);
        const auto error = static_cast<float>((probability - (digit ? 1 : 0)) * weight);
        for (std::size_t i = 0; i < features_; ++i) gradient[i] += error * example[i];
        bias_gradient += static_cast<double>(error);
    }
    for (std::size_t i = 0; i < features_; ++i) {
        const float slope = gradient[i] + shrinkage * weights_[i];
        speeds_[i] = static_cast<float>(momentum) * speeds_[i] - static_cast<float>(learning_rate) * slope;
        weights_[i] += speeds_[i];
    }
    bias_speed_ = momentum * bias_speed_ - learning_rate * bias_gradient;
    bias_ += bias_speed_;
}

/// Writes the weights for features that are not standardised, and the bias at which all but a few known digits pass.
void DigitDetector::write(Calibration& calibration) const {
    calibration.digit_weights.resize(features_);
    for (std::size_t i = 0; i < features_; ++i) calibration.digit_weights[i] = weights_[i] / deviations_[i];
    std::vector<double> scores;
    for (std::size_t start = 0; start < known_digits_.size(); start += features_) {
        scores.push_back(dot(calibration.digit_weights.data(), known_digits_.data() + start, features_));
    }
    std::ranges::sort(scores);
    const auto turned_away = static_cast<std::size_t>(rejected_share * static_cast<double>(scores.size()));
    calibration.digit_bias = static_cast<float>(-scores[turned_away]);
}

}  // namespace digitlab
