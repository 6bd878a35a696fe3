#include "train/calibrator.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "data/augmentation.h"
#include "data/other_shapes.h"
#include "data/prepare.h"
#include "train/batch.h"

namespace digitlab {

namespace {

/// More rows would hardly improve the result, and the page waits for it.
constexpr std::size_t most_rows = 4000;
constexpr int other_shapes = 600, shapes_per_step = 8, fits_per_step = 4;
/// Allows networks without hidden layers, whose features are the image; with more features, the weights would outgrow the
/// model.
constexpr std::size_t most_features = 1024;
constexpr float strength_of_variation = 1.5F;
constexpr std::uint64_t seed = 1;

/// The ink of a drawing, taken as one digit, in the form that models take.
DigitPixels pixels_of(const InkCanvas& canvas) {
    const std::vector<InkPiece> pieces = find_pieces(canvas.image());
    return prepare_digit(joined(pieces)).pixels;
}

double mean_cross_entropy(std::span<const float> logits, std::span<const std::uint8_t> labels, double temperature) {
    const std::size_t classes = logits.size() / labels.size();
    double sum = 0;
    for (std::size_t row = 0; row < labels.size(); ++row) {
        const auto own = logits.subspan(row * classes, classes);
        const auto largest = static_cast<double>(std::ranges::max(own));
        double powers = 0;
        for (const float logit : own) powers += std::exp((static_cast<double>(logit) - largest) / temperature);
        sum += std::log(powers) - (static_cast<double>(own[labels[row]]) - largest) / temperature;
    }
    return sum / static_cast<double>(labels.size());
}

}  // namespace

double fit_temperature(std::span<const float> logits, std::span<const std::uint8_t> labels) {
    // The cross-entropy has one minimum in the logarithm of the temperature; find it by golden-section search.
    constexpr double golden = 0.6180339887;
    double low = std::log(0.1), high = std::log(10.0);
    for (int round = 0; round < 30; ++round) {
        const double left = high - golden * (high - low), right = low + golden * (high - low);
        if (mean_cross_entropy(logits, labels, std::exp(left)) < mean_cross_entropy(logits, labels, std::exp(right))) {
            high = right;
        } else {
            low = left;
        }
    }
    return std::exp((low + high) / 2);
}

double expected_calibration_error(std::span<const float> logits, std::span<const std::uint8_t> labels, double temperature) {
    constexpr std::size_t bins = 10;
    double confidences[bins] = {}, hits[bins] = {};
    const std::size_t classes = logits.size() / labels.size();
    std::vector<float> probabilities(classes);
    for (std::size_t row = 0; row < labels.size(); ++row) {
        calibrated_softmax(logits.subspan(row * classes, classes), temperature, probabilities);
        const auto best = std::ranges::max_element(probabilities);
        const auto bin = std::min(static_cast<std::size_t>(*best * static_cast<float>(bins)), bins - 1);
        confidences[bin] += static_cast<double>(*best);
        hits[bin] += best - probabilities.begin() == labels[row] ? 1 : 0;
    }
    double error = 0;
    for (std::size_t bin = 0; bin < bins; ++bin) error += std::abs(confidences[bin] - hits[bin]);
    return error / static_cast<double>(labels.size());
}

Calibrator::Calibrator(Network& network, const Dataset& data, std::span<const std::uint32_t> rows, ThreadPool& pool,
                       bool digits)
    : network_(network),
      data_(data),
      rows_(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(std::min(rows.size(), most_rows))),
      pool_(pool),
      of_digits_(digits),
      random_(seed, RandomPurpose::sampling),
      detector_(network.feature_count()),
      phase_(rows.empty() ? Phase::finished : Phase::pictures) {}

std::span<const std::uint32_t> Calibrator::next_rows() {
    const std::size_t count = std::min(static_cast<std::size_t>(std::min(network_.batch_capacity(), 64)), rows_.size() - done_);
    const auto some = std::span(rows_).subspan(done_, count);
    done_ += count;
    return some;
}

void Calibrator::enter(Phase next) {
    phase_ = next;
    done_ = 0;
}

std::span<const float> Calibrator::features_of(std::size_t row) const {
    return network_.features().subspan(row * network_.feature_count(), network_.feature_count());
}

void Calibrator::step() {
    switch (phase_) {
        case Phase::pictures: return take_pictures();
        case Phase::varied_pictures: return take_varied_pictures();
        case Phase::other_shapes: return take_other_shapes();
        case Phase::fitting: return fit();
        case Phase::finished: return;
    }
}

void Calibrator::take_pictures() {
    const std::size_t first = done_;
    const auto some = next_rows();
    gather_images(data_, some, network_.input(), pool_);
    network_.forward(static_cast<int>(some.size()));
    logits_.insert(logits_.end(), network_.logits().begin(), network_.logits().end());
    for (std::size_t i = 0; i < some.size(); ++i) {
        labels_.push_back(data_.labels[some[i]]);
        (first + i) % 2 == 0 ? detector_.add_digit(features_of(i)) : detector_.add_known_digit(features_of(i));
    }
    if (done_ < rows_.size()) return;
    calibration_.temperature = fit_temperature(logits_, labels_);
    calibration_.validation_accuracy = accuracy();
    const bool can_detect = network_.feature_count() <= most_features && rows_.size() >= 100 && is_picture_of_digits();
    enter(can_detect ? Phase::varied_pictures : Phase::finished);
}

bool Calibrator::is_picture_of_digits() const { return of_digits_ && data_.width == digit_side && data_.height == digit_side; }

double Calibrator::accuracy() const {
    const std::size_t classes = logits_.size() / labels_.size();
    std::size_t hits = 0;
    for (std::size_t row = 0; row < labels_.size(); ++row) {
        const auto own = std::span(logits_).subspan(row * classes, classes);
        hits += std::ranges::max_element(own) - own.begin() == labels_[row] ? 1 : 0;
    }
    return static_cast<double>(hits) / static_cast<double>(labels_.size());
}

void Calibrator::take_varied_pictures() {
    const std::size_t first = done_;
    const auto some = next_rows();
    gather_augmented_images(data_, some, standard_augmentation(strength_of_variation), seed, 0, network_.input(), pool_);
    network_.forward(static_cast<int>(some.size()));
    for (std::size_t i = 0; i < some.size(); ++i) {
        if ((first + i) % 2 == 0) detector_.add_digit(features_of(i));
    }
    if (done_ == rows_.size()) enter(Phase::other_shapes);
}

void Calibrator::take_other_shapes() {
    const int count = std::min({shapes_per_step, network_.batch_capacity(), other_shapes - static_cast<int>(done_)});
    for (int i = 0; i < count; ++i) {
        std::ranges::copy(pixels_of(draw_other_shape(random_).canvas), network_.input().begin() + i * digit_pixels);
    }
    network_.forward(count);
    for (int i = 0; i < count; ++i) detector_.add_other(features_of(static_cast<std::size_t>(i)));
    done_ += static_cast<std::size_t>(count);
    if (done_ < other_shapes) return;
    detector_.standardise();
    enter(Phase::fitting);
}

void Calibrator::fit() {
    for (int i = 0; i < fits_per_step; ++i) detector_.improve();
    done_ += fits_per_step;
    if (done_ < DigitDetector::rounds) return;
    detector_.write(calibration_);
    enter(Phase::finished);
}

Result<Calibration> calibrate_model(const Model& model, const Dataset& data, std::span<const std::uint32_t> rows,
                                    ThreadPool& pool) {
    auto network = network_from_model(model, 64, pool);
    if (!network) return tl::unexpected(network.error());
    if (network->classes() < data.classes) {
        return fail("bad-data", "The model tells fewer classes apart than the data set has.");
    }
    Calibrator calibrator(*network, data, rows, pool);
    while (!calibrator.finished()) calibrator.step();
    return calibrator.result();
}

}  // namespace digitlab
