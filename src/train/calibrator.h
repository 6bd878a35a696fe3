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

/// Finds a trained network's Calibration with validation pictures as a resumable computation: each `step()` takes some
/// milliseconds. The temperature minimises the cross-entropy of the validation pictures. The digit weights are those of a
/// logistic regression that tells the features of validation pictures, as they are and varied, from those of letters, signs and
/// scribbles drawn for the purpose; its bias lets all but a few in a thousand of other validation pictures pass.
///
/// The result depends on network, data and rows only. Network, data and pool must outlive the calibrator.
class Calibrator {
   public:
    /// `rows` of `data`, which the network was not trained on; without any the calibration is the default. Only where the
    /// classes are digits is there anything to tell them from.
    Calibrator(Network& network, const Dataset& data, std::span<const std::uint32_t> rows, ThreadPool& pool,
               bool digits = true);
    ~Calibrator();

    bool finished() const;
    void step();
    /// Once finished.
    Calibration result() const;

   private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The same for a stored model, in one go. Codes "bad-model" and "bad-data".
Result<Calibration> calibrate_model(const Model& model, const Dataset& data, std::span<const std::uint32_t> rows,
                                    ThreadPool& pool);

/// The temperature for which softmax(logits / temperature) has the least mean cross-entropy, 0.1 to 10. `logits` (rows,
/// classes).
double fit_temperature(std::span<const float> logits, std::span<const std::uint8_t> labels);

/// Expected calibration error: the mean difference between confidence and accuracy over ten equal stretches of confidence,
/// weighted by their rows (Guo et al., 2017).
double expected_calibration_error(std::span<const float> logits, std::span<const std::uint8_t> labels, double temperature);

}  // namespace digitlab
