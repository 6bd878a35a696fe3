#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/clock.h"
#include "data/dataset.h"
#include "nn/network.h"
#include "train/evaluation.h"
#include "train/metrics.h"
#include "train/spec.h"
#include "train/stopwatch.h"

namespace digitlab {

/// Seconds that the parts of the batches took.
struct BatchTimes {
    double load = 0, forward = 0, backward = 0, update = 0;
    int batches = 0;
};

/// Records what a run has done and how long it took: its curves, its current progress, and a view of it to watch. The trainer
/// reports to it; nothing here affects the weights.
class TrainingLog {
   public:
    /// `spec` must outlive it.
    TrainingLog(const ExperimentSpec& spec, const Network& network, const Dataset& pictures, Clock clock);
    /// Continues after the epochs of a checkpoint.
    void restore(std::vector<EpochMetrics> epochs, std::vector<ChartPoint> chart, std::vector<RateChange> changes, double secs);

    /// Time between steps counts unless it is paused.
    void pause() { watch_.pause(); }
    void resume() { watch_.resume(); }

    void start_epoch(int epoch, int batches);  ///< epoch number from 1, and its number of training batches
    void start_batch() { lap_started_ = clock_(); }
    /// Adds the time since the last lap, or the start of the batch, to one part of the batch.
    void lap(double BatchTimes::* part);
    /// Whether the chart gets a point after the current batch; if so, `add_point` must be called after `add_batch`.
    bool point_is_due() const;
    void add_batch(const BatchResult& result, const Network& network, std::span<const std::uint8_t> labels);
    /// An epoch's last point may stand for fewer rows than the others, whose means would be mostly noise. It then includes the
    /// rows of the point before.
    void add_point(float rate, double gradient_norm, Network& network, std::span<const std::uint8_t> labels);
    void end_training_pass();
    void end_epoch(const Totals& validation);
    void add_rate_change(std::uint64_t step, float rate) { rate_changes_.push_back({step, position(), rate}); }

    const std::vector<EpochMetrics>& epochs() const { return epochs_; }
    const std::vector<ChartPoint>& chart() const { return chart_; }
    const std::vector<RateChange>& rate_changes() const { return rate_changes_; }
    const TrainingView& view() const { return view_; }
    double elapsed_secs() const { return watch_.secs(); }
    /// `rate` is that of the next batch. The trainer sets the best epoch.
    TrainingProgress progress(TrainingPhase phase, float rate) const;

   private:
    double position() const;  ///< in epochs, from 0
    double eta_secs(const TrainingProgress& now) const;
    double mean_ms(double secs) const { return times_.batches > 0 ? 1000 * secs / times_.batches : 0; }

    const ExperimentSpec& spec_;
    Clock clock_;
    Stopwatch watch_;
    std::vector<EpochMetrics> epochs_;  ///< finished ones
    std::vector<ChartPoint> chart_;
    std::vector<RateChange> rate_changes_;
    TrainingView view_;

    // The current epoch.
    int epoch_ = 0, batch_ = 0, batches_ = 1;
    Totals totals_;             ///< of its training
    Totals point_totals_;       ///< since the last point of the chart
    Totals last_point_totals_;  ///< of the batches between the last two points
    std::size_t last_point_batch_rows_ = 0;
    BatchTimes times_;
    double lap_started_ = 0, epoch_started_ = 0, training_secs_ = 0;
};

}  // namespace digitlab
