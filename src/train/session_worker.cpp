#include "train/session_worker.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

namespace digitlab {

namespace {

constexpr double secs_between_checkpoints = 1;

template <class Item>
std::vector<Item> from(const std::vector<Item>& items, std::size_t first) {
    return {items.begin() + static_cast<std::ptrdiff_t>(first), items.end()};
}

template <class Item>
void append(std::vector<Item>& items, std::vector<Item>& more) {
    if (items.empty()) return items.swap(more);
    items.insert(items.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

template <class Item>
void replace(std::optional<Item>& item, std::optional<Item>& newer) {
    if (newer) item.swap(newer);
}

}  // namespace

Result<std::unique_ptr<SessionWorker>> SessionWorker::create(const ExperimentSpec& spec, TrainingInput input, int threads,
                                                             Clock clock) {
    std::unique_ptr<SessionWorker> worker(new SessionWorker(spec, threads, clock));
    auto trainer = Trainer::create(spec, std::move(input), worker->pool_, clock);
    if (!trainer) return tl::unexpected(trainer.error());
    worker->trainer_ = std::move(*trainer);
    return worker;
}

SessionWorker::SessionWorker(const ExperimentSpec& spec, int threads, Clock clock)
    : most_threads_(spec.threads > 0 ? spec.threads : std::numeric_limits<int>::max()),
      clock_(std::move(clock)),
      pool_(1),
      checkpoint_secs_(-INFINITY) {
    set_threads(threads);
}

void SessionWorker::set_threads(int threads) {
    wanted_threads_ = std::min(most_threads_, threads);
    pool_.resize(wanted_threads_);
}

void SessionWorker::handle(const SessionRequests& requests) {
    standing_ = requests;
    if (requests.halt) step_goal_ = 0;
    if (requests.step) begin_step(*requests.step);
    if (requests.learning_rate) trainer_->set_learning_rate(*requests.learning_rate);
    if (requests.threads) set_threads(*requests.threads);
    if (requests.stop && !std::exchange(stopped_, true)) trainer_->finish_early();
    if (stands_still()) trainer_->pause();
}

void SessionWorker::begin_step(StepUnit unit) {
    step_unit_ = unit;
    step_goal_ = done(unit) + 1;
}

std::uint64_t SessionWorker::done(StepUnit unit) const {
    return unit == StepUnit::batch ? trainer_->steps() : trainer_->epochs().size();
}

bool SessionWorker::stands_still() const {
    if (stopped_) return false;
    return standing_.rest || (standing_.pause && done(step_unit_) >= step_goal_);
}

bool SessionWorker::ended() const { return !status_ || trainer_->finished(); }

void SessionWorker::step() {
    if (ended()) return;
    trainer_->resume();
    status_ = trainer_->step();
    const bool epoch_ended = trainer_->epochs().size() > epochs_;
    // Another session may have released the missing threads.
    if (epoch_ended && pool_.threads() < wanted_threads_) pool_.resize(wanted_threads_);
    if (stands_still()) trainer_->pause();
}

SessionUpdate SessionWorker::collect() {
    SessionUpdate update;
    update.progress = trainer_->progress();
    update.stands_still = stands_still();
    update.rate_changes = trainer_->rate_changes();
    if (points_ < trainer_->chart().size()) {
        update.new_points = from(trainer_->chart(), points_);
        update.view = trainer_->view();
        points_ = trainer_->chart().size();
    }
    if (epochs_ < trainer_->epochs().size()) collect_epochs(update);
    if (ended()) collect_end(update);
    return update;
}

void SessionWorker::collect_epochs(SessionUpdate& update) {
    update.new_epochs = from(trainer_->epochs(), epochs_);
    update.epoch_model = trainer_->model();
    update.weights_hash = weights_hash(*update.epoch_model);
    epochs_ = trainer_->epochs().size();
    const double now = clock_();
    if (now - checkpoint_secs_ < secs_between_checkpoints) return;
    update.checkpoint = trainer_->checkpoint();
    checkpoint_secs_ = now;
}

void SessionWorker::collect_end(SessionUpdate& update) const {
    update.ended = true;
    update.stopped_early = stopped_;
    if (!status_) update.error = status_.error();
    update.test = trainer_->test();
    update.model = trainer_->model();
    update.weights_hash = weights_hash(*update.model);
}

SessionUpdate take(SessionUpdate& waiting) {
    SessionUpdate taken;
    std::swap(taken, waiting);
    waiting.progress = taken.progress;
    waiting.stands_still = taken.stands_still;
    waiting.rate_changes = taken.rate_changes;
    return taken;
}

void merge(SessionUpdate& waiting, SessionUpdate& newer) {
    waiting.progress = newer.progress;
    waiting.stands_still = newer.stands_still;
    append(waiting.new_points, newer.new_points);
    append(waiting.new_epochs, newer.new_epochs);
    waiting.rate_changes.swap(newer.rate_changes);
    replace(waiting.view, newer.view);
    replace(waiting.epoch_model, newer.epoch_model);
    replace(waiting.checkpoint, newer.checkpoint);
    if (!newer.weights_hash.empty()) waiting.weights_hash.swap(newer.weights_hash);
    waiting.ended = newer.ended;
    waiting.stopped_early = newer.stopped_early;
    replace(waiting.error, newer.error);
    replace(waiting.test, newer.test);
    replace(waiting.model, newer.model);
}

}  // namespace digitlab
