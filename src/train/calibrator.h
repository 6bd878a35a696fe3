#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/random.h"
#include "base/thread_pool.h"
#include "data/dataset.h"
#include "nn/calibration.h"
#include "nn/model_file.h"
#include "nn/network.h"
#include "train/digit_detector.h"

namespace digitlab {

/// Computes a trained network's Calibration from validation images, as a resumable computation: each `step()` takes some
/// milliseconds. The temperature minimises the cross-entropy of the validation images. The digit weights are those of a
/// logistic regression that distinguishes the features of validation images, unchanged and varied, from those of letters, signs
/// and scribbles drawn for this purpose; its bias accepts all but a few in a thousand of the other validation images.
///
/// The result depends only on the network, data and rows. Network, data and pool must outlive the calibrator.
class Calibrator {
   public:
    /// `rows` of `data` are rows that the network was not trained on; if there are none, the calibration is the default. Digit
    /// weights are only computed if the classes are digits.
    Calibrator(Network& network, const Dataset& data, std::span<const std::uint32_t> rows, ThreadPool& pool,
               bool digits = true);

    bool finished() const { return phase_ == Phase::finished; }
    void step();
    /// Must only be called once finished.
    Calibration result() const { return calibration_; }

   private:
    enum class Phase { pictures, varied_pictures, other_shapes, fitting, finished };

    void enter(Phase next);
    /// Trains the detector on every other row; the rest show how many digits it rejects.
    void take_pictures();
    /// Adds varied images, since users' digits vary more than those of a data set.
    void take_varied_pictures();
    void take_other_shapes();
    void fit();
    std::span<const std::uint32_t> next_rows();
    std::span<const float> features_of(std::size_t row) const;
    bool is_picture_of_digits() const;
    double accuracy() const;

    Network& network_;
    const Dataset& data_;
    std::vector<std::uint32_t> rows_;
    ThreadPool& pool_;
    bool of_digits_;
    RandomStream random_;
    DigitDetector detector_;
    Phase phase_;
    std::size_t done_ = 0;  ///< rows or shapes done in this phase
    std::vector<float> logits_;
    std::vector<std::uint8_t> labels_;
    Calibration calibration_;
};

/// The same for a stored model, all at once. Fails with "bad-model" or "bad-data".
Result<Calibration> calibrate_model(const Model& model, const Dataset& data, std::span<const std::uint32_t> rows,
                                    ThreadPool& pool);

/// The temperature from 0.1 to 10 for which softmax(logits / temperature) has the lowest mean cross-entropy. `logits` is (rows,
/// classes).
double fit_temperature(std::span<const float> logits, std::span<const std::uint8_t> labels);

/// Expected calibration error: the mean difference between confidence and accuracy over ten equal bins of confidence,
/// weighted by their rows (Guo et al., 2017).
double expected_calibration_error(std::span<const float> logits, std::span<const std::uint8_t> labels, double temperature);

}  // namespace digitlab
