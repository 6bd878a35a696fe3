#include "app/training_queue.h"

#include <algorithm>
#include <utility>

namespace digitlab {

struct TrainingQueue::Work {
    std::string run_id;
    std::shared_ptr<const Model> checkpoint;
    std::unique_ptr<TrainingSession> session;  ///< null in the queue and while waiting for data
    std::uint64_t seen_version = 0;
    std::shared_ptr<const Model> unsaved_model;  ///< of the last epoch, until one is stored
};

namespace {

/// The threads of session number `index` of `count`: an equal share, at least one; the first sessions get those left over.
int share(int threads, int count, int index) { return std::max(1, threads / count + (index < threads % count ? 1 : 0)); }

}  // namespace

TrainingQueue::TrainingQueue(State& state, RunStore& run_store, TrainingHost& host, Clock clock, TrainingSession::Kind sessions)
    : state_(state), run_store_(run_store), host_(host), clock_(std::move(clock)), sessions_kind_(sessions) {}

TrainingQueue::~TrainingQueue() = default;

TrainingQueue::Work* TrainingQueue::find_work(const std::string& run_id) {
    const auto found = std::ranges::find(works_, run_id, [](const auto& work) { return work->run_id; });
    return found == works_.end() ? nullptr : found->get();
}

TrainingState* TrainingQueue::find(const std::string& run_id) {
    return const_cast<TrainingState*>(find_training(state_, run_id.empty() ? state_.shown_training : run_id));
}

Result<TrainingState*> TrainingQueue::find_live(const std::string& run_id) {
    TrainingState* training = find(run_id);
    if (!training || training->ended()) return fail("not-training", "Nothing is training.");
    return training;
}

/// The session of a training that is about to get a request; null when there is none yet. After a request, only the session's
/// next update tells whether it stands still.
TrainingSession* TrainingQueue::session_to_ask(TrainingState& training) {
    const Work* work = find_work(training.run_id);
    if (!work || !work->session) return nullptr;
    training.stands_still = false;
    return work->session.get();
}

bool TrainingQueue::works_on(const std::string& run_id) const {
    const TrainingState* training = find_training(state_, run_id);
    return training && !training->ended();
}

// --- the queue -------------------------------------------------------------------------------------------------------

void TrainingQueue::enqueue(Run run, std::shared_ptr<const Model> checkpoint) {
    TrainingState training;
    training.queued = true;
    training.spec = run.spec;
    training.run_id = run.id;
    training.learning_rate = run.spec.learning_rate;
    training.progress.epochs = run.spec.epochs;

    auto work = std::make_unique<Work>();
    work->run_id = run.id;
    work->checkpoint = std::move(checkpoint);
    works_.push_back(std::move(work));

    // A new training replaces an ended one in view.
    const bool shown_has_ended = state_.training().ended();
    std::erase_if(state_.trainings, [&](const TrainingState& one) { return one.run_id == run.id; });
    state_.trainings.push_back(std::move(training));
    if (shown_has_ended) state_.shown_training = run.id;
    run.status = RunStatus::queued;
    run_store_.keep(run, nullptr);
    begin_next();
}

void TrainingQueue::begin_next() {
    for (const auto& work : works_) {
        if (state_.active_trainings() >= state_.at_once) break;
        TrainingState& training = *find(work->run_id);
        if (!training.queued) continue;
        training.queued = false;
        training.active = training.waiting = true;
        if (state_.training().ended()) state_.shown_training = training.run_id;
        Run run = *find_run(state_, work->run_id);
        run.status = RunStatus::running;
        run_store_.keep(run, nullptr);
    }
    sort();
    begin_waiting();
}

void TrainingQueue::begin_waiting() {
    // A training may end as soon as it begins, which changes the list.
    std::vector<std::string> ids;
    for (const auto& work : works_) ids.push_back(work->run_id);
    for (const std::string& id : ids) {
        Work* work = find_work(id);
        const TrainingState* training = find(id);
        if (!work || !training || !training->waiting) continue;
        const auto ready = host_.want_data(training->spec);
        if (!ready) {
            fail_run(id, ready.error().message);
        } else if (*ready) {
            begin(*work);
        }
    }
}

void TrainingQueue::begin(Work& work) {
    const Run run = *find_run(state_, work.run_id);
    auto input = host_.training_input(run);
    if (input) input->checkpoint = work.checkpoint;
    const int others = static_cast<int>(sessions().size());
    const int threads = share(state_.environment.threads, others + 1, others);
    auto started = input ? TrainingSession::start(sessions_kind_, run.spec, std::move(*input), threads, clock_)
                         : tl::unexpected(input.error());
    TrainingState& training = *find(work.run_id);
    training.waiting = false;
    if (!started) {
        SessionUpdate failed;
        failed.error = started.error();
        return end(failed, training);
    }
    work.session = std::move(*started);
    if (training.paused) work.session->pause();
    if (resting_) work.session->rest(true);
    share_threads();
    host_.training_began(run);
}

void TrainingQueue::fail_waiting(const std::string& dataset, const std::string& message) {
    std::vector<std::string> ids;
    for (const TrainingState& training : state_.trainings) {
        if (training.waiting && training.spec.dataset == dataset) ids.push_back(training.run_id);
    }
    for (const std::string& id : ids) fail_run(id, message);
}

Status TrainingQueue::stop_waiting(const std::string& dataset) {
    std::vector<std::string> ids;
    for (const TrainingState& training : state_.trainings) {
        if ((training.waiting || training.queued) && training.spec.dataset == dataset) ids.push_back(training.run_id);
    }
    // From the end of the queue: the next in it takes the place of a stopped one, and would ask for the data again.
    std::ranges::reverse(ids);
    for (const std::string& id : ids) {
        if (Status stopped = stop(id); !stopped) return stopped;
    }
    return {};
}

/// Ends a run that could not begin. If it was being continued, it can be continued later.
void TrainingQueue::fail_run(const std::string& run_id, const std::string& message) {
    const bool continued = find_work(run_id)->checkpoint != nullptr;
    Run run = *find_run(state_, run_id);
    run.status = continued ? RunStatus::stopped : RunStatus::failed;
    run.failure = message;
    finish(run, nullptr, continued);
}

// --- what the user does with a training -----------------------------------------------------------------------------

Status TrainingQueue::pause(const std::string& run_id, bool paused) {
    const auto training = find_live(run_id);
    if (!training) return tl::unexpected(training.error());
    (*training)->paused = paused;
    if (TrainingSession* session = session_to_ask(**training)) paused ? session->pause() : session->resume();
    return {};
}

Status TrainingQueue::step(const std::string& run_id, StepUnit unit) {
    const auto training = find_live(run_id);
    if (!training) return tl::unexpected(training.error());
    TrainingSession* session = session_to_ask(**training);
    if (!session) return fail("not-training", "This training has not begun yet.");
    (*training)->paused = true;
    session->step(unit);
    return {};
}

Status TrainingQueue::stop(const std::string& run_id, const std::string& reason) {
    const auto found = find_live(run_id);
    if (!found) return tl::unexpected(found.error());
    TrainingState& training = **found;
    if (TrainingSession* session = session_to_ask(training)) {
        training.stopping = true;
        training.paused = false;
        training.stop_reason = reason;
        session->stop();
        return {};
    }
    Run run = *find_run(state_, training.run_id);
    const bool untouched = training.queued && run.epochs.empty();
    run.status = RunStatus::stopped;
    run.failure = training.queued ? "Taken out of the queue." : "Stopped before the data set had arrived.";
    finish(run, nullptr, true);
    if (!untouched) return {};
    forget(run.id);
    return run_store_.remove(run.id);
}

Status TrainingQueue::set_learning_rate(const std::string& run_id, float rate) {
    const auto found = find_live(run_id);
    if (!found) return tl::unexpected(found.error());
    ExperimentSpec changed = (*found)->spec;
    changed.learning_rate = rate;
    const auto dataset = state_.datasets.find(changed.dataset);
    if (Status checked = check_spec(changed, dataset ? dataset->train_rows : 0); !checked) return checked;
    TrainingSession* session = session_to_ask(**found);
    if (!session) return fail("not-training", "This training has not begun yet.");
    (*found)->learning_rate = rate;
    session->set_learning_rate(rate);
    return {};
}

Status TrainingQueue::set_at_once(int count) {
    if (count < 1 || count > most_at_once) {
        return fail("bad-argument", "From 1 to " + std::to_string(most_at_once) + " trainings can run at once.");
    }
    state_.at_once = count;
    begin_next();
    return {};
}

Status TrainingQueue::show(const std::string& run_id) {
    if (!find_training(state_, run_id)) return fail("unknown-run", "There is no training of \"" + run_id + "\" to show.");
    state_.shown_training = run_id;
    return {};
}

void TrainingQueue::forget(const std::string& run_id) {
    std::erase_if(state_.trainings, [&](const TrainingState& one) { return one.run_id == run_id; });
    if (state_.shown_training != run_id) return;
    state_.shown_training = state_.trainings.empty() ? "" : state_.trainings.front().run_id;
}

void TrainingQueue::rest(double secs) {
    rests_until_ = clock_() + secs;
    set_resting(true);
}

void TrainingQueue::set_resting(bool resting) {
    if (resting == resting_) return;
    resting_ = resting;
    for (const auto& work : works_) {
        if (TrainingSession* session = session_to_ask(*find(work->run_id))) session->rest(resting);
    }
}

// --- progress --------------------------------------------------------------------------------------------------------

bool TrainingQueue::works_in_update() const {
    return std::ranges::any_of(works_, [&](const auto& work) { return work->session && work->session->needs_advance(); });
}

bool TrainingQueue::expects_progress() const {
    return std::ranges::any_of(works_, [&](const auto& work) {
        return work->session && (resting_ || !find_training(state_, work->run_id)->stands_still);
    });
}

bool TrainingQueue::update(double budget_secs) {
    if (clock_() >= rests_until_) set_resting(false);
    const std::size_t sharing = sessions().size();
    bool changed = false;
    std::vector<std::string> ids;
    for (const auto& work : works_) ids.push_back(work->run_id);
    for (const std::string& id : ids) {
        Work* work = find_work(id);
        if (!work || !work->session) continue;
        if (budget_secs > 0 && work->session->needs_advance()) {
            work->session->advance(budget_secs / static_cast<double>(sharing));
        }
        changed |= take_update(*work);
    }
    return changed;
}

bool TrainingQueue::take_update(Work& work) {
    if (work.session->version() == work.seen_version) return false;
    work.seen_version = work.session->version();
    SessionUpdate update = work.session->take_update();
    TrainingState& training = *find(work.run_id);
    training.progress = update.progress;
    training.stands_still = update.stands_still;
    training.rate_changes = update.rate_changes;
    if (update.view) training.view = std::move(*update.view);
    training.chart.insert(training.chart.end(), update.new_points.begin(), update.new_points.end());
    training.epochs.insert(training.epochs.end(), update.new_epochs.begin(), update.new_epochs.end());
    if (update.epoch_model && !update.model) keep_epoch(update, training, work);
    if (update.ended) end(update, training);
    return true;
}

namespace {

void take_figures(Run& run, const TrainingState& training) {
    run.epochs = training.epochs;
    run.rate_changes = training.rate_changes;
    run.best_epoch = training.progress.best_epoch;
}

}  // namespace

/// Keeps the results of an epoch: a closed tab then loses one epoch or one second at most, and the model answers while it
/// learns. The session says when a checkpoint is due; an epoch without one is stored only if it is the last.
void TrainingQueue::keep_epoch(SessionUpdate& update, const TrainingState& training, Work& work) {
    const auto model = std::make_shared<const Model>(half_precision(*update.epoch_model));
    Run run = *find_run(state_, training.run_id);
    run.weights_hash = update.weights_hash;
    take_figures(run, training);
    run.secs = training.progress.elapsed_secs;
    if (update.checkpoint || update.progress.phase == TrainingPhase::testing) {
        run_store_.keep(run, model.get(), {update.checkpoint ? &*update.checkpoint : nullptr, false});
        work.unsaved_model = nullptr;
    } else {
        run_store_.show(run);
        work.unsaved_model = model;
    }
    host_.model_learned(run, *model);
}

void TrainingQueue::end(const SessionUpdate& update, const TrainingState& training) {
    Run run = *find_run(state_, training.run_id);
    if (update.error) host_.report_problem(run.name + ": " + update.error->message);
    if (update.error && !update.model && training.epochs.empty()) return fail_run(run.id, update.error->message);
    take_figures(run, training);
    run.test = update.test;
    run.secs = training.progress.elapsed_secs;
    run.status = update.error ? RunStatus::failed : update.stopped_early ? RunStatus::stopped : RunStatus::finished;
    if (update.stopped_early) run.failure = training.stop_reason;
    if (update.error) run.failure = update.error->message;
    const bool can_go_on = run.status == RunStatus::stopped;
    if (!update.model) {  // It ran out of memory, for example. Keep what it had learned until then.
        const auto learned = find_work(run.id)->unsaved_model;
        return finish(run, learned.get(), can_go_on);
    }
    // Answer with the weights that the file holds, so that no answer changes when the page is opened again.
    const Model model = half_precision(*update.model);
    run.weights_hash = update.weights_hash;
    finish(run, &model, can_go_on);
    host_.model_learned(run, model);
    host_.training_ended(run);
}

void TrainingQueue::finish(const Run& run, const Model* model, bool keeps_checkpoint) {
    std::erase_if(works_, [&](const auto& work) { return work->run_id == run.id; });
    if (TrainingState* training = find(run.id)) {
        training->active = training->queued = training->waiting = training->paused = training->stopping = false;
    }
    run_store_.keep(run, model, {nullptr, !keeps_checkpoint});
    share_threads();
    begin_next();
}

// --- order -----------------------------------------------------------------------------------------------------------

std::vector<TrainingSession*> TrainingQueue::sessions() const {
    std::vector<TrainingSession*> all;
    for (const auto& work : works_) {
        if (work->session) all.push_back(work->session.get());
    }
    return all;
}

void TrainingQueue::share_threads() {
    const auto all = sessions();
    const int count = static_cast<int>(all.size());
    for (int i = 0; i < count; ++i) all[static_cast<std::size_t>(i)]->set_threads(share(state_.environment.threads, count, i));
}

/// Puts active trainings first, then the queue, and drops ended ones except the one in view.
void TrainingQueue::sort() {
    std::erase_if(state_.trainings,
                  [&](const TrainingState& one) { return one.ended() && one.run_id != state_.shown_training; });
    std::ranges::stable_sort(state_.trainings, {}, [](const TrainingState& one) {
        return one.active ? 0 : one.queued ? 1 : 2;
    });
}

}  // namespace digitlab
