#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/thread_pool.h"
#include "nn/calibration.h"
#include "nn/known_classes.h"
#include "nn/model_file.h"
#include "nn/network.h"
#include "nn/optimizer.h"
#include "train/calibrator.h"
#include "train/metrics.h"
#include "train/spec.h"
#include "train/training_batches.h"
#include "train/training_input.h"
#include "train/training_log.h"
#include "train/weights.h"

namespace digitlab {

/// A training run as a resumable computation: each `step()` does one mini-batch of training, validation or test. The same
/// spec and input give the same weights for any number of threads and any timing of the steps.
///
/// Order: every epoch shuffles the training rows, trains on all of them (the last batch may be smaller), then runs the
/// validation rows; after the last epoch, or when early stopping ends the run, the test set is run once and the network is
/// calibrated with the validation rows. Must be used from one thread at a time.
class Trainer {
   public:
    /// Fails with "bad-spec", "bad-architecture", "bad-model", "bad-checkpoint" or "no-data". `pool` must outlive the trainer.
    static Result<std::unique_ptr<Trainer>> create(const ExperimentSpec& spec, TrainingInput input, ThreadPool& pool,
                                                   const Clock& clock);
    Trainer(const Trainer&) = delete;
    Trainer& operator=(const Trainer&) = delete;

    /// Does the next mini-batch; does nothing once finished. A loss that is not finite ends the run with "diverged" and
    /// restores the weights of the last finished epoch (or the initial ones).
    Status step();

    bool finished() const { return phase_ == TrainingPhase::finished; }
    /// Time between steps counts as training time unless the trainer is paused.
    void pause() { log_.pause(); }
    void resume() { log_.resume(); }

    /// Skips the rest of the training and continues with validation (if the epoch has had any batches) and the test, so that a
    /// stopped run has its metrics as well.
    void finish_early();

    /// Changes where the schedule would have started. This takes effect with the next step and is recorded.
    void set_learning_rate(float learning_rate);

    const ExperimentSpec& spec() const { return spec_; }
    TrainingProgress progress() const;
    const std::vector<EpochMetrics>& epochs() const { return log_.epochs(); }  ///< finished ones
    const std::vector<ChartPoint>& chart() const { return log_.chart(); }      ///< about 50 points per epoch
    const std::vector<RateChange>& rate_changes() const { return log_.rate_changes(); }
    std::uint64_t steps() const { return optimizer_.steps(); }  ///< weight updates so far
    const TrainingView& view() const { return log_.view(); }
    const std::optional<TestResult>& test() const { return test_; }  ///< once the test has been run
    double elapsed_secs() const { return log_.elapsed_secs(); }
    /// Returns everything needed to continue later; nullopt before the first epoch ends, within an epoch and after the last.
    std::optional<Model> checkpoint() const;
    Model model() const;  ///< copy of the current weights; once finished, its notes hold the calibration

   private:
    Trainer(const ExperimentSpec& spec, const TrainingInput& input, ThreadPool& pool, const Clock& clock, Network network);
    Status restore(const Model& checkpoint);

    bool out_of_time() const;
    void enter(TrainingPhase next);
    void start_epoch();
    Status train_batch();
    Status diverged();
    void finish_training_pass();
    void validate_batch();
    void finish_epoch();
    bool is_best() const;
    void start_test();
    void test_batch();
    void finish_test();
    void calibrate();
    float scheduled_rate() const;

    ExperimentSpec spec_;
    KnownClasses known_;
    ThreadPool& pool_;
    Network network_;
    std::vector<Parameter> trained_;  ///< the parameters that the optimizer updates
    Optimizer optimizer_;
    TrainingBatches batches_;
    TrainingLog log_;

    TrainingPhase phase_ = TrainingPhase::training;
    int epoch_ = 0;  ///< from 1
    int batch_ = 0;  ///< next batch of this phase
    bool last_epoch_ = false;
    float learning_rate_;   ///< where the schedule would have started
    Totals totals_;         ///< of this phase, if it is validation or test
    Weights good_weights_;  ///< of the last finished epoch
    Weights best_weights_;  ///< of the best epoch by validation
    int best_epoch_ = 0;
    std::vector<int> confusion_;  ///< of the test so far
    std::optional<TestResult> test_;
    std::optional<Calibrator> calibrator_;  ///< runs after the test
    std::optional<Calibration> calibration_;
};

}  // namespace digitlab
