#include "train/trainer.h"

#include <algorithm>
#include <cmath>

#include "nn/known_classes.h"
#include "train/batch.h"
#include "train/calibrator.h"
#include "train/checkpoint.h"
#include "train/evaluation.h"
#include "train/stopwatch.h"
#include "train/training_rows.h"
#include "train/weights.h"

namespace digitlab {

namespace {

constexpr int chart_points_per_epoch = 50;
constexpr int most_viewed_rows = 24;

/// Seconds that the parts of a training's batches took.
struct StepTimes {
    double load = 0, forward = 0, backward = 0, update = 0;
    int batches = 0;

    double ms(double secs) const { return batches > 0 ? 1000 * secs / batches : 0; }
};

}  // namespace

struct Trainer::Impl {
    Impl(const ExperimentSpec& given, TrainingInput input, ThreadPool& threads, Clock given_clock, Network made)
        : spec(given),
          data(std::move(input.data)),
          validation(input.validation ? std::move(input.validation) : data.train),
          pool(threads),
          network(std::move(made)),
          trained(parameters_behind(std::as_const(network).parameters(), spec.frozen_layers)),
          optimizer(spec.optimizer, trained),
          learning_rate(spec.learning_rate),
          clock(std::move(given_clock)),
          watch(clock),
          train_labels(training_labels(spec, *data.train)),
          test_rows(all_rows(data.test->rows())) {
        network.freeze(spec.frozen_layers);
        choose_rows();
        labels.resize(static_cast<std::size_t>(network.batch_capacity()));
        reserve_view();
        copy_weights(std::as_const(network).parameters(), good_weights);
    }

    ExperimentSpec spec;
    DataPair data;
    std::shared_ptr<const Dataset> validation;  ///< what the validation rows are of
    ThreadPool& pool;
    Network network;
    std::vector<Parameter> trained;  ///< those that the optimizer corrects
    Optimizer optimizer;
    float learning_rate;  ///< where the schedule would have started
    std::vector<RateChange> rate_changes;
    Clock clock;
    Stopwatch watch;

    Split split;
    std::vector<std::uint8_t> train_labels;  ///< of all rows of data.train
    std::vector<std::uint32_t> order;        ///< training rows, as this epoch takes them
    std::vector<std::uint32_t> test_rows;
    std::vector<std::uint8_t> labels;
    Weights good_weights;  ///< of the last finished epoch
    Weights best_weights;  ///< of the best one by validation
    int best_epoch = 0;

    TrainingPhase phase = TrainingPhase::training;
    int epoch = 0;  ///< from 1
    int batch = 0;  ///< next batch of this phase
    bool last_epoch = false;
    Totals totals;        ///< of this phase
    Totals epoch_totals;  ///< of this epoch's training
    Totals point_totals;  ///< since the last chart point
    double epoch_started = 0, training_secs = 0;
    StepTimes times;  ///< of this epoch
    double gradient_norm = 0;
    TrainingView view;
    std::vector<EpochMetrics> epochs;
    std::vector<ChartPoint> chart;
    std::vector<int> confusion;
    std::optional<TestResult> test;
    std::optional<Calibrator> calibrator;  ///< at work after the test
    std::optional<Calibration> calibration;

    void choose_rows() {
        if (validation == data.train) {
            split = choose_training_rows(spec, data.train->rows());
        } else {
            split = {all_rows(data.train->rows()), all_rows(validation->rows())};
        }
        epochs.reserve(static_cast<std::size_t>(spec.epochs));
        chart.reserve(static_cast<std::size_t>(spec.epochs) * (chart_points_per_epoch + 1));
    }

    void reserve_view() {
        const auto classes = static_cast<std::size_t>(network.classes());
        view.classes = network.classes();
        view.confusion.assign(classes * classes, 0);
        view.batch.height = data.train->height;
        view.batch.width = data.train->width;
        view.batch.pixels.reserve(most_viewed_rows * data.train->image_size());
        view.batch.labels.reserve(most_viewed_rows);
        view.batch.answers.reserve(most_viewed_rows);
    }

    int evaluation_batch() const { return network.batch_capacity(); }
    int training_batches() const { return batches_for(split.train.size(), spec.batch_size); }

    // --- the order of things -----------------------------------------------------------------------------------------

    void enter(TrainingPhase next) {
        phase = next;
        batch = 0;
        totals = {};
    }

    void start_epoch() {
        ++epoch;
        order = split.train;
        order_rows(order, spec, train_labels, epoch);
        epoch_totals = point_totals = {};
        times = {};
        std::ranges::fill(view.confusion, 0);
        epoch_started = watch.secs();
        enter(TrainingPhase::training);
    }

    Status step() {
        switch (phase) {
            case TrainingPhase::training: return train_batch();
            case TrainingPhase::validating: validate_batch(); break;
            case TrainingPhase::testing: calibrator ? calibrate() : test_batch(); break;
            case TrainingPhase::finished: break;
        }
        return {};
    }

    void finish_early() {
        last_epoch = true;
        if (phase != TrainingPhase::training) return;
        if (batch > 0) {
            finish_training_pass();
        } else {
            start_test();
        }
    }

    // --- training ----------------------------------------------------------------------------------------------------

    Status train_batch() {
        double last = clock();
        const auto lap = [&] {
            const double now = clock();
            return now - std::exchange(last, now);
        };
        const auto rows = slice(order, batch, spec.batch_size);
        const auto batch_labels = load_for_training(rows);
        times.load += lap();
        network.forward_training(static_cast<int>(rows.size()), spec.seed, optimizer.steps());
        times.forward += lap();
        const BatchResult result = network.backward(batch_labels, spec.label_smoothing);
        times.backward += lap();
        if (!std::isfinite(result.loss_sum)) return diverged();
        count_answers(network, batch_labels, result.rows, view.confusion);
        const bool makes_point = (batch + 1) % point_every() == 0 || batch + 1 == training_batches();
        if (makes_point) gradient_norm = optimizer.gradient_norm(trained, pool);
        const float rate = scheduled_rate();
        optimizer.step(trained, rate, pool);
        times.update += lap();
        ++times.batches;
        totals.add(result);
        point_totals.add(result);
        ++batch;
        if (makes_point) add_chart_point(rate, batch_labels);
        if (batch == training_batches()) finish_training_pass();
        return {};
    }

    /// The learning rate of the next step. Plain arithmetic, so that it is the same to the bit everywhere.
    float scheduled_rate() const {
        const long long batches = training_batches();
        const double factor = rate_factor(spec.schedule, (epoch - 1) * batches + batch, spec.epochs * batches, batches);
        return static_cast<float>(static_cast<double>(learning_rate) * factor);
    }

    Status diverged() {
        put_weights(good_weights, network.parameters());
        phase = TrainingPhase::finished;
        return fail("diverged", "The loss is no longer a number: the training has diverged. The learning rate (" +
                                    dump_json(decimal(learning_rate)) + ") is too high; try a tenth of it.");
    }

    int point_every() const { return std::max(1, training_batches() / chart_points_per_epoch); }

    double position() const { return (epoch - 1) + static_cast<double>(batch) / training_batches(); }

    void add_chart_point(float rate, std::span<const std::uint8_t> batch_labels) {
        chart.push_back({static_cast<float>(position()), static_cast<float>(point_totals.mean_loss()),
                         static_cast<float>(point_totals.accuracy()), rate, static_cast<float>(gradient_norm)});
        point_totals = {};
        look_at_batch(batch_labels);
    }

    /// Takes a copy of the first pictures of the batch that has just been trained on.
    void look_at_batch(std::span<const std::uint8_t> batch_labels) {
        const std::size_t rows = std::min<std::size_t>(batch_labels.size(), most_viewed_rows);
        const auto classes = static_cast<std::size_t>(network.classes());
        const auto pictures = network.input().first(rows * data.train->image_size());
        BatchView& seen = view.batch;
        seen.pixels.resize(pictures.size());
        std::ranges::transform(pictures, seen.pixels.begin(), [](float ink) {
            return static_cast<std::uint8_t>(std::lround(std::clamp(ink, 0.0F, 1.0F) * 255));
        });
        seen.labels.assign(batch_labels.begin(), batch_labels.begin() + static_cast<std::ptrdiff_t>(rows));
        seen.answers.resize(rows);
        for (std::size_t row = 0; row < rows; ++row) {
            const auto logits = network.logits().subspan(row * classes, classes);
            seen.answers[row] = static_cast<std::uint8_t>(std::ranges::max_element(logits) - logits.begin());
        }
    }

    void set_learning_rate(float rate) {
        if (rate == learning_rate) return;
        learning_rate = rate;
        rate_changes.push_back({optimizer.steps(), position(), rate});
    }

    void finish_training_pass() {
        epoch_totals = totals;
        training_secs = watch.secs() - epoch_started;
        enter(TrainingPhase::validating);
        if (split.validation.empty()) finish_epoch();
    }

    // --- evaluation --------------------------------------------------------------------------------------------------

    void validate_batch() {
        totals.add(evaluate(*validation, split.validation));
        if (++batch == batches_for(split.validation.size(), evaluation_batch())) finish_epoch();
    }

    void finish_epoch() {
        EpochMetrics metrics;
        metrics.epoch = epoch;
        metrics.train_loss = epoch_totals.mean_loss();
        metrics.train_accuracy = epoch_totals.accuracy();
        metrics.validation_loss = totals.mean_loss();
        metrics.validation_accuracy = totals.accuracy();
        metrics.secs = watch.secs() - epoch_started;
        metrics.images_per_second = training_secs > 0 ? static_cast<double>(epoch_totals.rows) / training_secs : 0;
        epochs.push_back(metrics);
        copy_weights(std::as_const(network).parameters(), good_weights);
        if (is_best()) {
            best_epoch = epoch;
            best_weights = good_weights;
        }
        const int patience = spec.early_stopping.patience;
        if (patience > 0 && epoch - best_epoch >= patience) last_epoch = true;
        if (last_epoch || epoch == spec.epochs) {
            start_test();
        } else {
            start_epoch();
        }
    }

    /// Whether the epoch that has just been measured is better than all before.
    bool is_best() const {
        if (split.validation.empty()) return false;
        if (best_epoch == 0) return true;
        const EpochMetrics& now = epochs.back();
        const EpochMetrics& best = epochs[static_cast<std::size_t>(best_epoch - 1)];
        if (spec.early_stopping.metric == EarlyStopping::Metric::loss) return now.validation_loss < best.validation_loss;
        return now.validation_accuracy > best.validation_accuracy;
    }

    void start_test() {
        const bool ends_with_best = spec.keep_best || spec.early_stopping.patience > 0;
        if (ends_with_best && best_epoch > 0) put_weights(best_weights, network.parameters());
        const auto classes = static_cast<std::size_t>(network.classes());
        confusion.assign(classes * classes, 0);
        enter(TrainingPhase::testing);
        if (test_rows.empty()) finish_test();
    }

    void test_batch() {
        totals.add(evaluate(*data.test, test_rows));
        count_answers(network, labels, static_cast<int>(slice(test_rows, batch, evaluation_batch()).size()), confusion);
        if (++batch == batches_for(test_rows.size(), evaluation_batch())) finish_test();
    }

    void finish_test() {
        test = TestResult{totals.accuracy(), totals.mean_loss(), network.classes(), confusion};
        calibrator.emplace(network, *validation, split.validation, pool, spec.dataset == mnist_id);
        calibrate();
    }

    /// The last thing: what the finished network's confidence is worth.
    void calibrate() {
        calibrator->step();
        if (!calibrator->finished()) return;
        if (!split.validation.empty()) calibration = calibrator->result();
        enter(TrainingPhase::finished);
        watch.pause();
    }

    BatchResult evaluate(const Dataset& from, std::span<const std::uint32_t> all) {
        const auto rows = slice(all, batch, evaluation_batch());
        const auto batch_labels = load(from, rows);
        network.forward(static_cast<int>(rows.size()));
        return network.evaluate(batch_labels);
    }

    /// Puts the rows into the network's input; their labels.
    std::span<const std::uint8_t> load(const Dataset& from, std::span<const std::uint32_t> rows) {
        gather_images(from, rows, network.input(), pool);
        return load_labels(from.labels, rows);
    }

    std::span<const std::uint8_t> load_for_training(std::span<const std::uint32_t> rows) {
        if (spec.augmentation.any()) {
            gather_augmented_images(*data.train, rows, faded(spec.augmentation, epoch, spec.epochs), spec.seed, epoch,
                                    network.input(), pool);
        } else {
            gather_images(*data.train, rows, network.input(), pool);
        }
        return load_labels(train_labels, rows);
    }

    std::span<const std::uint8_t> load_labels(std::span<const std::uint8_t> all, std::span<const std::uint32_t> rows) {
        for (std::size_t i = 0; i < rows.size(); ++i) labels[i] = all[rows[i]];
        return std::span(labels).first(rows.size());
    }

    // --- checkpoints -------------------------------------------------------------------------------------------------

    std::optional<Model> checkpoint() const {
        if (phase != TrainingPhase::training || batch != 0 || epochs.empty()) return {};
        TrainingCheckpoint now;
        now.weights = good_weights;
        if (best_epoch < std::ssize(epochs)) now.best_weights = best_weights;
        now.optimizer = optimizer.state();
        now.learning_rate = learning_rate;
        now.best_epoch = best_epoch;
        now.rate_changes = rate_changes;
        now.epochs = epochs;
        now.chart = chart;
        now.secs = watch.secs();
        return to_model(std::move(now), network.architecture());
    }

    Status restore(const Model& model) {
        auto before = checkpoint_from_model(model);
        if (!before) return tl::unexpected(before.error());
        const auto done = static_cast<int>(before->epochs.size());
        // Those of an epoch before the last have to be there.
        const bool has_best =
            before->best_epoch == 0 || before->best_epoch == done || before->best_weights.size() == before->weights.size();
        const bool sound = done < spec.epochs && before->best_epoch <= done && before->best_epoch >= 0 && has_best &&
                           put_weights(before->weights, network.parameters()) &&
                           optimizer.restore(std::move(before->optimizer));
        if (!sound) return fail("bad-checkpoint", "The training cannot be continued: its checkpoint is of another training.");
        good_weights = std::move(before->weights);
        best_epoch = before->best_epoch;
        best_weights = before->best_weights.empty() && best_epoch > 0 ? good_weights : std::move(before->best_weights);
        learning_rate = before->learning_rate;
        rate_changes = std::move(before->rate_changes);
        epochs = std::move(before->epochs);
        chart = std::move(before->chart);
        watch = Stopwatch(clock, before->secs);
        epoch = done;
        return {};
    }

    TrainingProgress progress() const {
        TrainingProgress now;
        now.phase = phase;
        now.epoch = epoch;
        now.epochs = spec.epochs;
        now.batches = training_batches();
        const bool training = phase == TrainingPhase::training;
        now.batch = training ? batch : now.batches;
        const Totals& shown = training ? totals : epoch_totals;
        now.loss = shown.mean_loss();
        now.accuracy = shown.accuracy();
        now.validation_accuracy = epochs.empty() ? 0 : epochs.back().validation_accuracy;
        now.elapsed_secs = watch.secs();
        const double secs = training ? now.elapsed_secs - epoch_started : training_secs;
        now.images_per_second = secs > 0 ? static_cast<double>(shown.rows) / secs : 0;
        now.eta_secs = phase == TrainingPhase::finished ? 0 : eta_secs(now);
        now.learning_rate = static_cast<double>(training || chart.empty() ? scheduled_rate() : chart.back().learning_rate);
        now.gradient_norm = chart.empty() ? 0 : static_cast<double>(chart.back().gradient_norm);
        now.load_ms = times.ms(times.load);
        now.forward_ms = times.ms(times.forward);
        now.backward_ms = times.ms(times.backward);
        now.update_ms = times.ms(times.update);
        now.best_epoch = best_epoch;
        return now;
    }

    /// What the epochs so far took, for as many as are left; validation and test are small beside them.
    double eta_secs(const TrainingProgress& now) const {
        const double done = (now.epoch - 1) + static_cast<double>(now.batch) / now.batches;
        return done > 0 ? now.elapsed_secs / done * (spec.epochs - done) : 0;
    }
};

Status check_input(const ExperimentSpec& spec, const TrainingInput& input) {
    const DataPair& data = input.data;
    if (!data.train || !data.test || data.train->rows() == 0) return fail("no-data", "There is no data set to train on.");
    const auto layers = [](const Architecture& architecture) { return architecture.layers.size(); };
    if (input.start && layers(trained_architecture(spec)) != layers(spec.architecture)) {
        return fail("bad-spec", "The model to start from has no dropout layer, so its dropout cannot be set.");
    }
    return check_spec(spec, data.train->rows() + (input.validation ? input.validation->rows() : 0));
}

Result<std::unique_ptr<Trainer>> Trainer::create(const ExperimentSpec& spec, TrainingInput input, ThreadPool& pool,
                                                 Clock clock) {
    if (Status checked = check_input(spec, input); !checked) return tl::unexpected(checked.error());
    const int capacity = std::max(spec.batch_size, least_evaluation_batch);
    const int outputs = input.data.train->classes;
    const Architecture wanted = trained_architecture(spec);
    auto network = Network::create(spec.dataset == mnist_id ? wanted : with_classes(wanted, outputs), capacity,
                                   NetworkUse::training, pool);
    if (!network) return tl::unexpected(network.error());
    if (const int classes = input.data.train->classes; network->classes() < classes) {
        return fail("bad-architecture", "The network has " + std::to_string(network->classes()) +
                                            " outputs, but the data set has " + std::to_string(classes) + " classes.");
    }
    network->initialise(spec.seed);
    if (input.start) {
        const bool other_classes = input.start->architecture.layers.back().units != network->classes();
        const Status set =
            other_classes ? set_weights_below_last_layer(*network, *input.start) : set_weights(*network, *input.start);
        if (!set) return tl::unexpected(set.error());
    }
    const auto checkpoint = input.checkpoint;
    auto impl = std::make_unique<Impl>(spec, std::move(input), pool, std::move(clock), std::move(*network));
    if (checkpoint) {
        if (Status restored = impl->restore(*checkpoint); !restored) return tl::unexpected(restored.error());
    }
    impl->start_epoch();
    return std::unique_ptr<Trainer>(new Trainer(std::move(impl)));
}

Trainer::Trainer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Trainer::~Trainer() = default;

Status Trainer::step() { return impl_->step(); }
bool Trainer::finished() const { return impl_->phase == TrainingPhase::finished; }
void Trainer::pause() { impl_->watch.pause(); }
void Trainer::resume() { impl_->watch.resume(); }
void Trainer::finish_early() { impl_->finish_early(); }
void Trainer::set_learning_rate(float learning_rate) { impl_->set_learning_rate(learning_rate); }
const ExperimentSpec& Trainer::spec() const { return impl_->spec; }
TrainingProgress Trainer::progress() const { return impl_->progress(); }
const std::vector<EpochMetrics>& Trainer::epochs() const { return impl_->epochs; }
const std::vector<ChartPoint>& Trainer::chart() const { return impl_->chart; }
const std::vector<RateChange>& Trainer::rate_changes() const { return impl_->rate_changes; }
std::uint64_t Trainer::steps() const { return impl_->optimizer.steps(); }
const TrainingView& Trainer::view() const { return impl_->view; }
std::optional<Model> Trainer::checkpoint() const { return impl_->checkpoint(); }
const std::optional<TestResult>& Trainer::test() const { return impl_->test; }
double Trainer::elapsed_secs() const { return impl_->watch.secs(); }

Model Trainer::model() const {
    Model model = model_from_network(impl_->network);
    note_classes(model.notes, {impl_->spec.dataset, impl_->data.train->class_names, impl_->network.classes()});
    if (impl_->calibration) model.notes["calibration"] = to_json(*impl_->calibration);
    return model;
}

}  // namespace digitlab
