#include "train/training_log.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "train/batch.h"

namespace digitlab {

namespace {

constexpr int chart_points_per_epoch = 50;
constexpr int most_viewed_rows = 24;

TrainingView empty_view(const Network& network, const Dataset& pictures) {
    TrainingView view;
    const auto classes = static_cast<std::size_t>(network.classes());
    view.classes = network.classes();
    view.confusion.assign(classes * classes, 0);
    view.batch.height = pictures.height;
    view.batch.width = pictures.width;
    view.batch.pixels.reserve(most_viewed_rows * pictures.image_size());
    view.batch.labels.reserve(most_viewed_rows);
    view.batch.answers.reserve(most_viewed_rows);
    return view;
}

/// Copies the first images of the batch that has just been trained on.
void look_at_batch(BatchView& seen, Network& network, std::span<const std::uint8_t> labels) {
    const std::size_t rows = std::min<std::size_t>(labels.size(), most_viewed_rows);
    const auto classes = static_cast<std::size_t>(network.classes());
    const auto pictures = network.input().first(rows * static_cast<std::size_t>(seen.height * seen.width));
    seen.pixels.resize(pictures.size());
    std::ranges::transform(pictures, seen.pixels.begin(),
                           [](float ink) { return static_cast<std::uint8_t>(std::lround(std::clamp(ink, 0.0F, 1.0F) * 255)); });
    seen.labels.assign(labels.begin(), labels.begin() + static_cast<std::ptrdiff_t>(rows));
    seen.answers.resize(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        const auto logits = network.logits().subspan(row * classes, classes);
        seen.answers[row] = static_cast<std::uint8_t>(std::ranges::max_element(logits) - logits.begin());
    }
}

}  // namespace

TrainingLog::TrainingLog(const ExperimentSpec& spec, const Network& network, const Dataset& pictures, Clock clock)
    : spec_(spec), clock_(std::move(clock)), watch_(clock_), view_(empty_view(network, pictures)) {
    epochs_.reserve(static_cast<std::size_t>(spec.epochs));
    chart_.reserve(static_cast<std::size_t>(spec.epochs) * (chart_points_per_epoch + 1));
}

void TrainingLog::restore(std::vector<EpochMetrics> epochs, std::vector<ChartPoint> chart, std::vector<RateChange> changes,
                          double secs) {
    epochs_ = std::move(epochs);
    chart_ = std::move(chart);
    rate_changes_ = std::move(changes);
    watch_ = Stopwatch(clock_, secs);
}

void TrainingLog::start_epoch(int epoch, int batches) {
    epoch_ = epoch;
    batch_ = 0;
    batches_ = batches;
    totals_ = point_totals_ = last_point_totals_ = {};
    last_point_batch_rows_ = 0;
    times_ = {};
    std::ranges::fill(view_.confusion, 0);
    epoch_started_ = watch_.secs();
}

void TrainingLog::lap(double BatchTimes::* part) {
    const double now = clock_();
    times_.*part += now - std::exchange(lap_started_, now);
}

bool TrainingLog::point_is_due() const {
    const int every = std::max(1, batches_ / chart_points_per_epoch);
    return (batch_ + 1) % every == 0 || batch_ + 1 == batches_;
}

void TrainingLog::add_batch(const BatchResult& result, const Network& network, std::span<const std::uint8_t> labels) {
    count_answers(network, labels, result.rows, view_.confusion);
    totals_.add(result);
    point_totals_.add(result);
    ++times_.batches;
    ++batch_;
}

void TrainingLog::add_point(float rate, double gradient_norm, Network& network, std::span<const std::uint8_t> labels) {
    const auto rows = static_cast<double>(labels.size()), rows_before = static_cast<double>(last_point_batch_rows_);
    Totals shown = point_totals_;
    if (shown.rows < last_point_totals_.rows) shown.add(last_point_totals_);
    if (rows < rows_before) {
        const auto norm_before = static_cast<double>(chart_.back().gradient_norm);
        gradient_norm = (gradient_norm * rows + norm_before * rows_before) / (rows + rows_before);
    }
    chart_.push_back({static_cast<float>(position()), static_cast<float>(shown.mean_loss()),
                      static_cast<float>(shown.accuracy()), rate, static_cast<float>(gradient_norm)});
    last_point_totals_ = std::exchange(point_totals_, {});
    last_point_batch_rows_ = labels.size();
    look_at_batch(view_.batch, network, labels);
}

void TrainingLog::end_training_pass() { training_secs_ = watch_.secs() - epoch_started_; }

void TrainingLog::end_epoch(const Totals& validation) {
    EpochMetrics metrics;
    metrics.epoch = epoch_;
    metrics.train_loss = totals_.mean_loss();
    metrics.train_accuracy = totals_.accuracy();
    metrics.validation_loss = validation.mean_loss();
    metrics.validation_accuracy = validation.accuracy();
    metrics.secs = watch_.secs() - epoch_started_;
    metrics.images_per_second = training_secs_ > 0 ? static_cast<double>(totals_.rows) / training_secs_ : 0;
    epochs_.push_back(metrics);
}

double TrainingLog::position() const { return (epoch_ - 1) + static_cast<double>(batch_) / batches_; }

TrainingProgress TrainingLog::progress(TrainingPhase phase, float rate) const {
    const bool training = phase == TrainingPhase::training;
    TrainingProgress now;
    now.phase = phase;
    now.epoch = epoch_;
    now.epochs = spec_.epochs;
    now.batches = batches_;
    now.batch = training ? batch_ : batches_;
    now.loss = totals_.mean_loss();
    now.accuracy = totals_.accuracy();
    now.validation_accuracy = epochs_.empty() ? 0 : epochs_.back().validation_accuracy;
    now.elapsed_secs = watch_.secs();
    const double secs = training ? now.elapsed_secs - epoch_started_ : training_secs_;
    now.images_per_second = secs > 0 ? static_cast<double>(totals_.rows) / secs : 0;
    now.eta_secs = phase == TrainingPhase::finished ? 0 : eta_secs(now);
    now.learning_rate = static_cast<double>(training || chart_.empty() ? rate : chart_.back().learning_rate);
    now.gradient_norm = chart_.empty() ? 0 : static_cast<double>(chart_.back().gradient_norm);
    now.load_ms = mean_ms(times_.load);
    now.forward_ms = mean_ms(times_.forward);
    now.backward_ms = mean_ms(times_.backward);
    now.update_ms = mean_ms(times_.update);
    return now;
}

/// Extrapolates the time of the epochs so far to those left; validation and test are short in comparison.
double TrainingLog::eta_secs(const TrainingProgress& now) const {
    const double done = (now.epoch - 1) + static_cast<double>(now.batch) / now.batches;
    return done > 0 ? now.elapsed_secs / done * (spec_.epochs - done) : 0;
}

}  // namespace digitlab
