#include "train/trainer.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "train/batch.h"
#include "train/checkpoint.h"

namespace digitlab {

namespace {

/// Creates an untrained network for the spec, with as many outputs as the data set has classes.
Result<Network> make_network(const ExperimentSpec& spec, int classes, ThreadPool& pool) {
    const Architecture wanted = trained_architecture(spec);
    auto network = Network::create(spec.dataset == mnist_id ? wanted : with_classes(wanted, classes),
                                   std::max(spec.batch_size, least_evaluation_batch), NetworkUse::training, pool);
    if (network && network->classes() < classes) {
        return fail("bad-architecture", "The network has " + std::to_string(network->classes()) +
                                            " outputs, but the data set has " + std::to_string(classes) + " classes.");
    }
    return network;
}

/// Sets the initial weights, unless they come from a checkpoint.
Status set_first_weights(Network& network, const ExperimentSpec& spec, const Model* start) {
    network.initialise(spec.seed);
    if (!start) return {};
    const bool other_classes = start->architecture.layers.back().units != network.classes();
    return other_classes ? set_weights_below_last_layer(network, *start) : set_weights(network, *start);
}

}  // namespace

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
                                                 const Clock& clock) {
    if (Status checked = check_input(spec, input); !checked) return tl::unexpected(checked.error());
    auto network = make_network(spec, input.data.train->classes, pool);
    if (!network) return tl::unexpected(network.error());
    if (Status set = set_first_weights(*network, spec, input.start.get()); !set) return tl::unexpected(set.error());
    std::unique_ptr<Trainer> trainer(new Trainer(spec, input, pool, clock, std::move(*network)));
    if (input.checkpoint) {
        if (Status restored = trainer->restore(*input.checkpoint); !restored) return tl::unexpected(restored.error());
    }
    trainer->start_epoch();
    return trainer;
}

Trainer::Trainer(const ExperimentSpec& spec, const TrainingInput& input, ThreadPool& pool, const Clock& clock, Network network)
    : spec_(spec),
      known_{spec.dataset, input.data.test->kind, input.data.train->class_names, network.classes()},
      pool_(pool),
      network_(std::move(network)),
      trained_(parameters_after(std::as_const(network_).parameters(), static_cast<std::size_t>(spec.frozen_layers))),
      optimizer_(spec.optimizer, trained_),
      batches_(spec_, input, network_, pool),
      log_(spec_, network_, *input.data.train, clock),
      learning_rate_(spec.learning_rate) {
    network_.freeze(spec.frozen_layers);
    copy_weights(std::as_const(network_).parameters(), good_weights_);
}

// --- sequence --------------------------------------------------------------------------------------------------------

void Trainer::enter(TrainingPhase next) {
    phase_ = next;
    batch_ = 0;
    totals_ = {};
}

void Trainer::start_epoch() {
    batches_.start_epoch(++epoch_);
    log_.start_epoch(epoch_, batches_.training_count());
    enter(TrainingPhase::training);
}

Status Trainer::step() {
    Status status;
    switch (phase_) {
        case TrainingPhase::training: status = train_batch(); break;
        case TrainingPhase::validating: validate_batch(); break;
        case TrainingPhase::testing: calibrator_ ? calibrate() : test_batch(); break;
        case TrainingPhase::finished: break;
    }
    if (out_of_time()) finish_early();
    return status;
}

bool Trainer::out_of_time() const { return spec_.max_secs > 0 && elapsed_secs() > spec_.max_secs; }

void Trainer::finish_early() {
    last_epoch_ = true;
    if (phase_ != TrainingPhase::training) return;
    if (batch_ > 0) {
        finish_training_pass();
    } else {
        start_test();
    }
}

// --- training --------------------------------------------------------------------------------------------------------

Status Trainer::train_batch() {
    log_.start_batch();
    const auto labels = batches_.load_training(batch_);
    log_.lap(&BatchTimes::load);
    network_.forward_training(static_cast<int>(labels.size()), spec_.seed, optimizer_.steps());
    log_.lap(&BatchTimes::forward);
    const BatchResult result = network_.backward(labels, spec_.label_smoothing);
    log_.lap(&BatchTimes::backward);
    if (!std::isfinite(result.loss_sum)) return diverged();
    const bool makes_point = log_.point_is_due();
    const double gradient_norm = makes_point ? optimizer_.gradient_norm(trained_, pool_) : 0;
    const float rate = scheduled_rate();
    optimizer_.step(trained_, rate, pool_);
    log_.lap(&BatchTimes::update);
    log_.add_batch(result, network_, labels);
    if (makes_point) log_.add_point(rate, gradient_norm, network_, labels);
    if (++batch_ == batches_.training_count()) finish_training_pass();
    return {};
}

/// The learning rate of the next step. Uses plain arithmetic, so that its bits are the same everywhere.
float Trainer::scheduled_rate() const {
    const long long batches = batches_.training_count();
    const double factor = rate_factor(spec_.schedule, (epoch_ - 1) * batches + batch_, spec_.epochs * batches, batches);
    return static_cast<float>(static_cast<double>(learning_rate_) * factor);
}

Status Trainer::diverged() {
    put_weights(good_weights_, network_.parameters());
    phase_ = TrainingPhase::finished;
    return fail("diverged", "The loss is no longer a number: the training has diverged. The learning rate (" +
                                dump_json(decimal(learning_rate_)) + ") is too high; try a tenth of it.");
}

void Trainer::set_learning_rate(float rate) {
    if (rate == learning_rate_) return;
    learning_rate_ = rate;
    log_.add_rate_change(optimizer_.steps(), rate);
}

void Trainer::finish_training_pass() {
    log_.end_training_pass();
    enter(TrainingPhase::validating);
    if (batches_.validation_count() == 0) finish_epoch();
}

// --- evaluation ------------------------------------------------------------------------------------------------------

void Trainer::validate_batch() {
    const auto labels = batches_.load_validation(batch_);
    network_.forward(static_cast<int>(labels.size()));
    totals_.add(network_.evaluate(labels));
    if (++batch_ == batches_.validation_count()) finish_epoch();
}

void Trainer::finish_epoch() {
    log_.end_epoch(totals_);
    copy_weights(std::as_const(network_).parameters(), good_weights_);
    if (is_best()) {
        best_epoch_ = epoch_;
        best_weights_ = good_weights_;
    }
    const int patience = spec_.early_stopping.patience;
    if (patience > 0 && epoch_ - best_epoch_ >= patience) last_epoch_ = true;
    if (last_epoch_ || epoch_ == spec_.epochs) {
        start_test();
    } else {
        start_epoch();
    }
}

/// Whether the epoch just validated is better than all earlier ones.
bool Trainer::is_best() const {
    if (batches_.validation_count() == 0) return false;
    if (best_epoch_ == 0) return true;
    const EpochMetrics& now = log_.epochs().back();
    const EpochMetrics& best = log_.epochs()[static_cast<std::size_t>(best_epoch_ - 1)];
    if (spec_.early_stopping.metric == EarlyStopping::Metric::loss) return now.validation_loss < best.validation_loss;
    return now.validation_accuracy > best.validation_accuracy;
}

void Trainer::start_test() {
    const bool ends_with_best = spec_.keep_best || spec_.early_stopping.patience > 0;
    if (ends_with_best && best_epoch_ > 0) put_weights(best_weights_, network_.parameters());
    const auto classes = static_cast<std::size_t>(network_.classes());
    confusion_.assign(classes * classes, 0);
    enter(TrainingPhase::testing);
    if (batches_.test_count() == 0) finish_test();
}

void Trainer::test_batch() {
    const auto labels = batches_.load_test(batch_);
    network_.forward(static_cast<int>(labels.size()));
    totals_.add(network_.evaluate(labels));
    count_answers(network_, labels, static_cast<int>(labels.size()), confusion_);
    if (++batch_ == batches_.test_count()) finish_test();
}

void Trainer::finish_test() {
    test_ = TestResult{totals_.accuracy(), totals_.mean_loss(), network_.classes(), std::move(confusion_)};
    calibrator_.emplace(network_, batches_.validation(), batches_.validation_rows(), pool_, known_.digits());
    calibrate();
}

/// The last phase: calibrates the confidence of the finished network.
void Trainer::calibrate() {
    calibrator_->step();
    if (!calibrator_->finished()) return;
    if (batches_.validation_count() > 0) calibration_ = calibrator_->result();
    enter(TrainingPhase::finished);
    log_.pause();
}

// --- results ---------------------------------------------------------------------------------------------------------

TrainingProgress Trainer::progress() const {
    TrainingProgress now = log_.progress(phase_, scheduled_rate());
    now.best_epoch = best_epoch_;
    return now;
}

Model Trainer::model() const {
    Model model = model_from_network(network_);
    note_classes(model.notes, known_);
    if (calibration_) model.notes["calibration"] = to_json(*calibration_);
    return model;
}

std::optional<Model> Trainer::checkpoint() const {
    if (phase_ != TrainingPhase::training || batch_ != 0 || epochs().empty()) return {};
    TrainingCheckpoint now;
    now.weights = good_weights_;
    if (best_epoch_ < std::ssize(epochs())) now.best_weights = best_weights_;
    now.optimizer = optimizer_.state();
    now.learning_rate = learning_rate_;
    now.best_epoch = best_epoch_;
    now.rate_changes = rate_changes();
    now.epochs = epochs();
    now.chart = chart();
    now.secs = elapsed_secs();
    return to_model(std::move(now), network_.architecture());
}

Status Trainer::restore(const Model& checkpoint) {
    auto before = checkpoint_from_model(checkpoint);
    if (!before) return tl::unexpected(before.error());
    const auto done = static_cast<int>(before->epochs.size());
    // The weights of an epoch before the last must be there.
    const bool has_best = before->best_weights.empty() ? before->best_epoch == 0 || before->best_epoch == done
                                                       : same_sizes(before->best_weights, before->weights);
    const bool sound = done < spec_.epochs && before->best_epoch <= done && before->best_epoch >= 0 && has_best &&
                       put_weights(before->weights, network_.parameters()) && optimizer_.restore(std::move(before->optimizer));
    if (!sound) return fail("bad-checkpoint", "The training cannot be continued: its checkpoint belongs to another training.");
    good_weights_ = std::move(before->weights);
    best_epoch_ = before->best_epoch;
    best_weights_ = before->best_weights.empty() && best_epoch_ > 0 ? good_weights_ : std::move(before->best_weights);
    learning_rate_ = before->learning_rate;
    log_.restore(std::move(before->epochs), std::move(before->chart), std::move(before->rate_changes), before->secs);
    epoch_ = done;
    return {};
}

}  // namespace digitlab
