#include "train/trainer.h"

#include <algorithm>
#include <cmath>

#include "nn/known_classes.h"
#include "train/batch.h"
#include "train/calibrator.h"

namespace digitlab {

namespace {

/// Rows at a time in validation and test, where the batches of training are smaller: few enough for a slice of a few
/// milliseconds and little memory, enough to be fast.
constexpr int least_evaluation_batch = 64;
constexpr int chart_points_per_epoch = 50;

/// Sums over the batches of one pass.
struct Totals {
    double loss = 0;
    std::int64_t correct = 0;
    std::int64_t rows = 0;

    void add(const BatchResult& batch) {
        loss += batch.loss_sum;
        correct += batch.correct;
        rows += batch.rows;
    }
    double mean_loss() const { return rows > 0 ? loss / static_cast<double>(rows) : 0; }
    double accuracy() const { return rows > 0 ? static_cast<double>(correct) / static_cast<double>(rows) : 0; }
};

int batches_for(std::size_t rows, int batch_size) {
    const auto size = static_cast<std::size_t>(batch_size);
    return static_cast<int>((rows + size - 1) / size);
}

/// Rows number `batch` of `all`, `size` at a time; the last batch may be smaller.
std::span<const std::uint32_t> slice(std::span<const std::uint32_t> all, int batch, int size) {
    const auto start = static_cast<std::size_t>(batch) * static_cast<std::size_t>(size);
    return all.subspan(start, std::min(static_cast<std::size_t>(size), all.size() - start));
}

std::vector<std::uint32_t> count_up(std::size_t rows) {
    std::vector<std::uint32_t> all(rows);
    for (std::size_t i = 0; i < rows; ++i) all[i] = static_cast<std::uint32_t>(i);
    return all;
}

/// Time at work: stands still while paused.
class Stopwatch {
   public:
    explicit Stopwatch(Clock clock) : clock_(std::move(clock)), started_(clock_()) {}
    double secs() const { return before_ + (running_ ? clock_() - started_ : 0); }
    void pause() {
        before_ = secs();
        running_ = false;
    }
    void resume() {
        if (!running_) started_ = clock_();
        running_ = true;
    }

   private:
    Clock clock_;
    double started_;
    double before_ = 0;
    bool running_ = true;
};

}  // namespace

struct Trainer::Impl {
    Impl(const ExperimentSpec& given, TrainingInput input, ThreadPool& threads, Clock clock, Network made)
        : spec(given),
          data(std::move(input.data)),
          validation(input.validation ? std::move(input.validation) : data.train),
          pool(threads),
          network(std::move(made)),
          optimizer(spec.optimizer, std::as_const(network).parameters()),
          learning_rate(spec.learning_rate),
          watch(std::move(clock)),
          test_rows(count_up(data.test->rows())) {
        choose_rows();
        labels.resize(static_cast<std::size_t>(network.batch_capacity()));
        keep_good_weights();
        start_epoch();
    }

    ExperimentSpec spec;
    DataPair data;
    std::shared_ptr<const Dataset> validation;  ///< what the validation rows are of
    ThreadPool& pool;
    Network network;
    Optimizer optimizer;
    float learning_rate;
    Stopwatch watch;

    Split split;
    std::vector<std::uint32_t> order;  ///< training rows, as this epoch takes them
    std::vector<std::uint32_t> test_rows;
    std::vector<std::uint8_t> labels;
    std::vector<std::vector<float>> good_weights;  ///< of the last finished epoch

    TrainingPhase phase = TrainingPhase::training;
    int epoch = 0;  ///< from 1
    int batch = 0;  ///< next batch of this phase
    bool last_epoch = false;
    Totals totals;        ///< of this phase
    Totals epoch_totals;  ///< of this epoch's training
    Totals point_totals;  ///< since the last chart point
    double epoch_started = 0, training_secs = 0;
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
            split = {count_up(data.train->rows()), count_up(validation->rows())};
        }
        epochs.reserve(static_cast<std::size_t>(spec.epochs));
        chart.reserve(static_cast<std::size_t>(spec.epochs) * (chart_points_per_epoch + 1));
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
        shuffle_rows(order, RandomStream(spec.seed, RandomPurpose::shuffle, static_cast<std::uint32_t>(epoch)));
        epoch_totals = point_totals = {};
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
        const auto rows = slice(order, batch, spec.batch_size);
        const auto batch_labels = load_for_training(rows);
        const BatchResult result = network.train_batch(batch_labels, spec.seed, optimizer.steps(), spec.label_smoothing);
        if (!std::isfinite(result.loss_sum)) return diverged();
        optimizer.step(network.parameters(), scheduled_rate(), pool);
        totals.add(result);
        point_totals.add(result);
        ++batch;
        add_chart_point();
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
        restore_good_weights();
        phase = TrainingPhase::finished;
        return fail("diverged", "The loss is no longer a number: the training has diverged. The learning rate (" +
                                    dump_json(decimal(learning_rate)) + ") is too high; try a tenth of it.");
    }

    void add_chart_point() {
        const int batches = training_batches();
        const int every = std::max(1, batches / chart_points_per_epoch);
        if (batch % every != 0 && batch != batches) return;
        const float position = static_cast<float>(epoch - 1) + static_cast<float>(batch) / static_cast<float>(batches);
        chart.push_back({position, static_cast<float>(point_totals.mean_loss()), static_cast<float>(point_totals.accuracy())});
        point_totals = {};
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
        keep_good_weights();
        if (last_epoch || epoch == spec.epochs) {
            start_test();
        } else {
            start_epoch();
        }
    }

    void start_test() {
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
        return load_labels(from, rows);
    }

    std::span<const std::uint8_t> load_for_training(std::span<const std::uint32_t> rows) {
        if (!spec.augmentation.any()) return load(*data.train, rows);
        gather_augmented_images(*data.train, rows, faded(spec.augmentation, epoch, spec.epochs), spec.seed, epoch,
                                network.input(), pool);
        return load_labels(*data.train, rows);
    }

    std::span<const std::uint8_t> load_labels(const Dataset& from, std::span<const std::uint32_t> rows) {
        for (std::size_t i = 0; i < rows.size(); ++i) labels[i] = from.labels[rows[i]];
        return std::span(labels).first(rows.size());
    }

    // --- weights -----------------------------------------------------------------------------------------------------

    void keep_good_weights() {
        const auto parameters = network.parameters();
        good_weights.resize(parameters.size());
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            good_weights[i].assign(parameters[i].value.begin(), parameters[i].value.end());
        }
    }

    void restore_good_weights() {
        const auto parameters = network.parameters();
        for (std::size_t i = 0; i < parameters.size(); ++i) std::ranges::copy(good_weights[i], parameters[i].value.begin());
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
        return now;
    }

    /// What the epochs so far took, for as many as are left; validation and test are small beside them.
    double eta_secs(const TrainingProgress& now) const {
        const double done = (now.epoch - 1) + static_cast<double>(now.batch) / now.batches;
        return done > 0 ? now.elapsed_secs / done * (spec.epochs - done) : 0;
    }
};

Split choose_training_rows(const ExperimentSpec& spec, std::size_t rows) {
    Split split = split_rows(rows, static_cast<std::size_t>(spec.validation_count), spec.seed);
    const auto wanted = static_cast<std::size_t>(spec.subset);
    if (wanted > 0) split.train.resize(wanted - split.validation.size());
    return split;
}

Status check_input(const ExperimentSpec& spec, const TrainingInput& input) {
    const DataPair& data = input.data;
    if (!data.train || !data.test || data.train->rows() == 0) return fail("no-data", "There is no data set to train on.");
    return check_spec(spec, data.train->rows() + (input.validation ? input.validation->rows() : 0));
}

Result<std::unique_ptr<Trainer>> Trainer::create(const ExperimentSpec& spec, TrainingInput input, ThreadPool& pool,
                                                 Clock clock) {
    if (Status checked = check_input(spec, input); !checked) return tl::unexpected(checked.error());
    const int capacity = std::max(spec.batch_size, least_evaluation_batch);
    const int outputs = input.data.train->classes;
    const bool of_mnist = spec.dataset == mnist_id;
    auto network = Network::create(of_mnist ? spec.architecture : with_classes(spec.architecture, outputs), capacity,
                                   NetworkUse::training, pool);
    if (!network) return tl::unexpected(network.error());
    if (const int classes = input.data.train->classes; network->classes() < classes) {
        return fail("bad-architecture", "The network has " + std::to_string(network->classes()) +
                                            " outputs, but the data set has " + std::to_string(classes) + " classes.");
    }
    if (input.start) {
        if (Status set = set_weights(*network, *input.start); !set) return tl::unexpected(set.error());
    } else {
        network->initialise(spec.seed);
    }
    auto impl = std::make_unique<Impl>(spec, std::move(input), pool, std::move(clock), std::move(*network));
    return std::unique_ptr<Trainer>(new Trainer(std::move(impl)));
}

Trainer::Trainer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Trainer::~Trainer() = default;

Status Trainer::step() { return impl_->step(); }
bool Trainer::finished() const { return impl_->phase == TrainingPhase::finished; }
void Trainer::pause() { impl_->watch.pause(); }
void Trainer::resume() { impl_->watch.resume(); }
void Trainer::finish_early() { impl_->finish_early(); }
void Trainer::set_learning_rate(float learning_rate) { impl_->learning_rate = learning_rate; }
const ExperimentSpec& Trainer::spec() const { return impl_->spec; }
TrainingProgress Trainer::progress() const { return impl_->progress(); }
const std::vector<EpochMetrics>& Trainer::epochs() const { return impl_->epochs; }
const std::vector<ChartPoint>& Trainer::chart() const { return impl_->chart; }
const std::optional<TestResult>& Trainer::test() const { return impl_->test; }
double Trainer::elapsed_secs() const { return impl_->watch.secs(); }

Model Trainer::model() const {
    Model model = model_from_network(impl_->network);
    note_classes(model.notes, {impl_->spec.dataset, impl_->data.train->class_names, impl_->network.classes()});
    if (impl_->calibration) model.notes["calibration"] = to_json(*impl_->calibration);
    return model;
}

namespace {

/// Whether the model's classes are those of the data set; one may have outputs that the data never ask for.
Status check_classes(const Model& model, const Dataset& data) {
    const int outputs = model.architecture.layers.empty() ? 0 : model.architecture.layers.back().units;
    const auto known = known_classes(model.notes, outputs);
    if (!known) return tl::unexpected(known.error());
    if (outputs < data.classes) {
        return fail("bad-data", "The model tells " + std::to_string(outputs) + " classes apart, but the data set has " +
                                    std::to_string(data.classes) + ".");
    }
    for (int index = 0; index < data.classes; ++index) {
        const std::string own = known->name(index), wanted = class_name(data.class_names, index);
        if (own != wanted) {
            return fail("bad-data", "The model was trained on other classes: its number " + std::to_string(index) + " is \"" +
                                        own + "\", that of the data set is \"" + wanted + "\".");
        }
    }
    return {};
}

}  // namespace

Result<TestResult> evaluate_model(const Model& model, const Dataset& data, ThreadPool& pool) {
    auto network = network_from_model(model, least_evaluation_batch, pool);
    if (!network) return tl::unexpected(network.error());
    if (Status known = check_classes(model, data); !known) return tl::unexpected(known.error());
    const auto classes = static_cast<std::size_t>(network->classes());
    const std::vector<std::uint32_t> rows = count_up(data.rows());
    std::vector<int> confusion(classes * classes);
    Totals totals;
    for (int batch = 0; batch < batches_for(rows.size(), least_evaluation_batch); ++batch) {
        const auto some = slice(rows, batch, least_evaluation_batch);
        const auto labels = std::span(data.labels).subspan(some.front(), some.size());
        gather_images(data, some, network->input(), pool);
        network->forward(static_cast<int>(some.size()));
        totals.add(network->evaluate(labels));
        count_answers(*network, labels, static_cast<int>(some.size()), confusion);
    }
    return TestResult{totals.accuracy(), totals.mean_loss(), network->classes(), confusion};
}

}  // namespace digitlab
