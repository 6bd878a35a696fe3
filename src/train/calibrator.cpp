#include "train/calibrator.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "data/augmentation.h"
#include "data/other_shapes.h"
#include "data/prepare.h"
#include "train/batch.h"
#include "train/digit_detector.h"

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

struct Calibrator::Impl {
    Impl(Network& given, const Dataset& set, std::span<const std::uint32_t> all, ThreadPool& threads, bool digits)
        : network(given),
          data(set),
          rows(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), most_rows))),
          pool(threads),
          of_digits(digits),
          random(seed, RandomPurpose::sampling),
          detector(network.feature_count()) {
        phase = rows.empty() ? Phase::finished : Phase::pictures;
    }

    enum class Phase { pictures, varied_pictures, other_shapes, fitting, finished };

    Network& network;
    const Dataset& data;
    std::vector<std::uint32_t> rows;
    ThreadPool& pool;
    bool of_digits;
    RandomStream random;
    DigitDetector detector;
    Phase phase;
    std::size_t done = 0;  ///< rows or shapes done in this phase
    std::vector<float> logits;
    std::vector<std::uint8_t> labels;
    Calibration calibration;

    std::span<const std::uint32_t> next_rows() {
        const std::size_t count =
            std::min(static_cast<std::size_t>(std::min(network.batch_capacity(), 64)), rows.size() - done);
        const auto some = std::span(rows).subspan(done, count);
        done += count;
        return some;
    }

    void enter(Phase next) {
        phase = next;
        done = 0;
    }

    std::span<const float> features_of(std::size_t row) const {
        return network.features().subspan(row * network.feature_count(), network.feature_count());
    }

    void step() {
        switch (phase) {
            case Phase::pictures: return take_pictures();
            case Phase::varied_pictures: return take_varied_pictures();
            case Phase::other_shapes: return take_other_shapes();
            case Phase::fitting: return fit();
            case Phase::finished: return;
        }
    }

    /// Trains the detector on every other row; the rest show how many digits it rejects.
    void take_pictures() {
        const std::size_t first = done;
        const auto some = next_rows();
        gather_images(data, some, network.input(), pool);
        network.forward(static_cast<int>(some.size()));
        logits.insert(logits.end(), network.logits().begin(), network.logits().end());
        for (std::size_t i = 0; i < some.size(); ++i) {
            labels.push_back(data.labels[some[i]]);
            (first + i) % 2 == 0 ? detector.add_digit(features_of(i)) : detector.add_known_digit(features_of(i));
        }
        if (done < rows.size()) return;
        calibration.temperature = fit_temperature(logits, labels);
        calibration.validation_accuracy = accuracy();
        const bool can_detect = network.feature_count() <= most_features && rows.size() >= 100 && is_picture_of_digits();
        enter(can_detect ? Phase::varied_pictures : Phase::finished);
    }

    bool is_picture_of_digits() const { return of_digits && data.width == digit_side && data.height == digit_side; }

    double accuracy() const {
        const std::size_t classes = logits.size() / labels.size();
        std::size_t hits = 0;
        for (std::size_t row = 0; row < labels.size(); ++row) {
            const auto own = std::span(logits).subspan(row * classes, classes);
            hits += std::ranges::max_element(own) - own.begin() == labels[row] ? 1 : 0;
        }
        return static_cast<double>(hits) / static_cast<double>(labels.size());
    }

    /// Adds varied images, since users' digits vary more than those of a data set.
    void take_varied_pictures() {
        const std::size_t first = done;
        const auto some = next_rows();
        gather_augmented_images(data, some, standard_augmentation(strength_of_variation), seed, 0, network.input(), pool);
        network.forward(static_cast<int>(some.size()));
        for (std::size_t i = 0; i < some.size(); ++i) {
            if ((first + i) % 2 == 0) detector.add_digit(features_of(i));
        }
        if (done == rows.size()) enter(Phase::other_shapes);
    }

    void take_other_shapes() {
        const int count = std::min({shapes_per_step, network.batch_capacity(), other_shapes - static_cast<int>(done)});
        for (int i = 0; i < count; ++i) {
            std::ranges::copy(pixels_of(draw_other_shape(random).canvas), network.input().begin() + i * digit_pixels);
        }
        network.forward(count);
        for (int i = 0; i < count; ++i) detector.add_other(features_of(static_cast<std::size_t>(i)));
        done += static_cast<std::size_t>(count);
        if (done < other_shapes) return;
        detector.standardise();
        enter(Phase::fitting);
    }

    void fit() {
        for (int i = 0; i < fits_per_step; ++i) detector.improve();
        done += fits_per_step;
        if (done < DigitDetector::rounds) return;
        detector.write(calibration);
        enter(Phase::finished);
    }
};

Calibrator::Calibrator(Network& network, const Dataset& data, std::span<const std::uint32_t> rows, ThreadPool& pool,
                       bool digits)
    : impl_(std::make_unique<Impl>(network, data, rows, pool, digits)) {}
Calibrator::~Calibrator() = default;

bool Calibrator::finished() const { return impl_->phase == Impl::Phase::finished; }
void Calibrator::step() { impl_->step(); }
Calibration Calibrator::result() const { return impl_->calibration; }

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
