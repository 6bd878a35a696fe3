#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/thread_pool.h"
#include "data/dataset.h"
#include "nn/calibration.h"
#include "nn/model_file.h"
#include "nn/network.h"

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
    ~Calibrator();

    bool finished() const;
    void step();
    /// Must only be called once finished.
    Calibration result() const;

   private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
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
