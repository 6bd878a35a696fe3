#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/thread_pool.h"
#include "data/dataset.h"
#include "data/split.h"
#include "nn/model_file.h"
#include "nn/network.h"
#include "train/metrics.h"
#include "train/spec.h"

namespace digitlab {

/// What a training works on, besides its spec. Shared, never changed while it trains.
struct TrainingInput {
    TrainingInput(DataPair pair = {}) : data(std::move(pair)) {}

    DataPair data;
    /// Rows to validate on, when the training set was put together beforehand (see train/fine_tune.h): all of data.train is
    /// then trained on. Null: the spec's share of data.train.
    std::shared_ptr<const Dataset> validation;
    /// Weights to begin with; null: new ones from the spec's seed. Of a model of another number of classes the last layer is
    /// new.
    std::shared_ptr<const Model> start;
    /// What `Trainer::checkpoint` gave for the same spec and input: the training goes on from there, to the very weights it
    /// would have had without the break. Null: from the beginning.
    std::shared_ptr<const Model> checkpoint;
};

/// One training run as a resumable computation: each `step()` does one mini-batch of training, validation or test. The same
/// spec and input give the same weights for any number of threads and however the steps are timed.
///
/// Order: every epoch shuffles the training rows, trains on all of them (the last batch may be smaller), then runs the
/// validation rows; after the last epoch, or when early stopping has had enough, the test set is run once and the network is
/// calibrated with the validation rows. Used from one thread at a time.
class Trainer {
   public:
    /// Codes "bad-spec", "bad-architecture", "bad-model", "bad-checkpoint", "no-data". `pool` must outlive the trainer.
    static Result<std::unique_ptr<Trainer>> create(const ExperimentSpec& spec, TrainingInput input, ThreadPool& pool,
                                                   Clock clock);
    ~Trainer();

    /// Does the next mini-batch; nothing once finished. A loss that is not finite stops the run: code "diverged", with the
    /// weights of the last finished epoch (or the initial ones) put back.
    Status step();

    bool finished() const;
    /// Time between steps counts as training unless the trainer is told of the pause.
    void pause();
    void resume();

    /// Leaves out what remains of the training and goes on to validation (if the epoch has had any batches) and the test, so
    /// that a stopped run has its figures too.
    void finish_early();

    /// Where the schedule would have started; takes effect with the next step and is recorded.
    void set_learning_rate(float learning_rate);

    const ExperimentSpec& spec() const;
    TrainingProgress progress() const;
    const std::vector<EpochMetrics>& epochs() const;  ///< finished ones
    const std::vector<ChartPoint>& chart() const;     ///< about 50 points an epoch
    const std::vector<RateChange>& rate_changes() const;
    std::uint64_t steps() const;  ///< corrections of the weights so far
    const TrainingView& view() const;
    const std::optional<TestResult>& test() const;  ///< once the test has been run
    double elapsed_secs() const;
    /// All it takes to go on later; nothing in the middle of an epoch, before the first and after the last.
    std::optional<Model> checkpoint() const;
    Model model() const;  ///< copy of the present weights; once finished, its notes hold the calibration

   private:
    struct Impl;
    explicit Trainer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Whether `spec` can be trained on `input`. Codes "bad-spec" and "no-data".
Status check_input(const ExperimentSpec& spec, const TrainingInput& input);

}  // namespace digitlab
