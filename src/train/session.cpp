#include "train/session.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <utility>

#if DIGITLAB_THREADS
#include <condition_variable>
#include <mutex>
#include <thread>
#endif

namespace digitlab {

namespace {

/// What a Trainer has done and nobody has asked for yet.
class Outbox {
   public:
    /// Takes in what is new since the last call.
    void collect(const Trainer& trainer) {
        update_.progress = trainer.progress();
        update_.rate_changes = trainer.rate_changes();
        const auto& chart = trainer.chart();
        update_.new_points.insert(update_.new_points.end(), chart.begin() + static_cast<std::ptrdiff_t>(points_), chart.end());
        points_ = chart.size();
        const auto& epochs = trainer.epochs();
        if (epochs.size() > epochs_) {
            update_.new_epochs.insert(update_.new_epochs.end(), epochs.begin() + static_cast<std::ptrdiff_t>(epochs_),
                                      epochs.end());
            update_.epoch_model = trainer.model();
            update_.checkpoint = trainer.checkpoint();
            update_.weights_hash = weights_hash(*update_.epoch_model);
            epochs_ = epochs.size();
        }
        if (views_ == chart.size() && !update_.view.batch.labels.empty()) return;
        views_ = chart.size();
        update_.view = trainer.view();
    }

    /// For callers that do several steps before they collect: a checkpoint can only be taken between two epochs.
    void collect_if_epoch_ended(const Trainer& trainer) {
        if (trainer.epochs().size() > epochs_) collect(trainer);
    }

    void end(const Trainer& trainer, bool stopped_early, const Status& status) {
        collect(trainer);
        update_.ended = true;
        update_.stopped_early = stopped_early;
        if (!status) update_.error = status.error();
        update_.test = trainer.test();
        update_.model = trainer.model();
        update_.weights_hash = weights_hash(*update_.model);
        update_.secs = trainer.elapsed_secs();
    }

    SessionUpdate take(bool paused) {
        SessionUpdate taken = std::exchange(update_, SessionUpdate{});
        taken.paused = paused;
        update_.progress = taken.progress;
        update_.rate_changes = taken.rate_changes;
        update_.view = taken.view;
        return taken;
    }

   private:
    SessionUpdate update_;
    std::size_t points_ = 0, epochs_ = 0;
    std::size_t views_ = 0;  ///< points of the chart when the view was taken
};

int most_threads_of(const ExperimentSpec& spec) { return spec.threads > 0 ? spec.threads : std::numeric_limits<int>::max(); }

/// A step that has been asked for while paused, on its way.
class Stepping {
   public:
    void begin(const Trainer& trainer, StepUnit unit) {
        unit_ = unit;
        goal_ = done(trainer) + 1;
    }
    bool arrived(const Trainer& trainer) const { return done(trainer) >= goal_; }

   private:
    std::uint64_t done(const Trainer& trainer) const {
        return unit_ == StepUnit::batch ? trainer.steps() : trainer.epochs().size();
    }

    StepUnit unit_ = StepUnit::batch;
    std::uint64_t goal_ = 0;
};

/// What the main thread wants of the training, looked at between two steps.
struct Wishes {
    bool pause = false;
    bool stop = false;
    bool halt = false;  ///< a step that is on its way is not finished
    bool rest = false;
    std::optional<StepUnit> step;
    std::optional<float> learning_rate;
    std::optional<int> threads;

    /// Those that are carried out at once.
    void take(Trainer& trainer, Stepping& stepping) {
        if (std::exchange(halt, false)) stepping = {};
        if (step) stepping.begin(trainer, *std::exchange(step, std::nullopt));
        if (learning_rate) trainer.set_learning_rate(*std::exchange(learning_rate, std::nullopt));
    }
};

}  // namespace

#if DIGITLAB_THREADS

struct TrainingSession::Impl {
    Impl(const ExperimentSpec& spec, TrainingInput input, int threads, Clock clock) {
        // The pool's calling thread is the training thread, so `threads` is the number of threads in all.
        thread = std::thread([this, spec, input = std::move(input), threads, clock = std::move(clock)]() mutable {
            run(spec, std::move(input), threads, std::move(clock));
        });
    }

    ~Impl() {
        {
            const std::lock_guard lock(mutex);
            abandoned = true;
        }
        wishes_changed.notify_one();
        thread.join();
    }

    std::mutex mutex;  // guards what follows; held for moments only, never during a step
    std::condition_variable wishes_changed;
    Wishes wishes;
    bool abandoned = false;
    Outbox outbox;

    std::atomic<std::uint64_t> version{0};
    int most_threads = 1;  ///< this and what follows belong to the training thread
    Stepping stepping;
    std::thread thread;

    void run(const ExperimentSpec& spec, TrainingInput input, int threads, Clock clock) {
        most_threads = most_threads_of(spec);
        ThreadPool pool(std::min(most_threads, threads));
        auto created = Trainer::create(spec, std::move(input), pool, std::move(clock));
        if (!created) {  // the spec was checked before, so this is memory or the like
            const std::lock_guard lock(mutex);
            publish_failure(created.error());
            return;
        }
        loop(**created, pool);
    }

    void loop(Trainer& trainer, ThreadPool& pool) {
        Status status;
        bool stopped = false;
        while (status && !trainer.finished()) {
            if (!obey(trainer, pool, stopped)) return;
            status = trainer.step();
            publish(trainer);
        }
        const std::lock_guard lock(mutex);
        outbox.end(trainer, stopped, status);
        ++version;
    }

    /// Carries out the wishes, waiting while paused. False when the session is abandoned.
    bool obey(Trainer& trainer, ThreadPool& pool, bool& stopped) {
        std::unique_lock lock(mutex);
        for (;;) {
            wishes.take(trainer, stepping);
            if (wishes.threads) pool.resize(std::min(most_threads, *std::exchange(wishes.threads, std::nullopt)));
            const bool waits = wishes.rest || (wishes.pause && stepping.arrived(trainer));
            if (!waits || wishes.stop || abandoned) break;
            trainer.pause();
            outbox.collect(trainer);
            ++version;
            wishes_changed.wait(lock);
        }
        trainer.resume();
        if (wishes.stop && !std::exchange(stopped, true)) trainer.finish_early();
        return !abandoned;
    }

    void publish(const Trainer& trainer) {
        const std::lock_guard lock(mutex);
        outbox.collect(trainer);
        ++version;
    }

    void publish_failure(const Error& error) {
        failure = error;
        ++version;
    }
    std::optional<Error> failure;

    template <class Change>
    void wish(Change change) {
        {
            const std::lock_guard lock(mutex);
            change(wishes);
        }
        wishes_changed.notify_one();
    }

    SessionUpdate take_update() {
        const std::lock_guard lock(mutex);
        SessionUpdate update = outbox.take(wishes.pause);
        if (failure) {
            update.ended = true;
            update.error = failure;
        }
        return update;
    }

    bool needs_advance() const { return false; }
    void advance(double) {}
};

#else

struct TrainingSession::Impl {
    Impl(std::unique_ptr<Trainer> made, std::unique_ptr<ThreadPool> made_pool, Clock given)
        : pool(std::move(made_pool)), trainer(std::move(made)), clock(std::move(given)) {}

    std::unique_ptr<ThreadPool> pool;
    std::unique_ptr<Trainer> trainer;
    Clock clock;
    Wishes wishes;
    Outbox outbox;
    std::uint64_t version = 0;
    bool paused = false, stopped = false, ended = false;
    bool clock_stopped = false;
    Stepping stepping;

    template <class Change>
    void wish(Change change) {
        change(wishes);
        obey();
    }

    void obey() {
        paused = wishes.pause && !wishes.stop;
        const bool stop_clock = paused || (wishes.rest && !wishes.stop);
        if (stop_clock != clock_stopped) stop_clock ? trainer->pause() : trainer->resume();
        clock_stopped = stop_clock;
        wishes.take(*trainer, stepping);
        outbox.collect(*trainer);
        if (wishes.stop && !std::exchange(stopped, true)) trainer->finish_early();
        ++version;
    }

    void advance(double budget_secs) {
        if (!needs_advance()) return;
        const double end = clock() + budget_secs;
        Status status;
        if (clock_stopped) trainer->resume();
        do {
            status = trainer->step();
            outbox.collect_if_epoch_ended(*trainer);
        } while (status && !trainer->finished() && !stands_still() && clock() < end);
        if (clock_stopped) trainer->pause();
        ended = !status || trainer->finished();
        if (ended) {
            outbox.end(*trainer, stopped, status);
        } else {
            outbox.collect(*trainer);
        }
        ++version;
    }

    bool needs_advance() const { return !ended && !stands_still(); }
    bool stands_still() const { return (wishes.rest && !stopped) || (paused && stepping.arrived(*trainer)); }

    SessionUpdate take_update() { return outbox.take(paused); }
};

#endif

Result<std::unique_ptr<TrainingSession>> TrainingSession::start(const ExperimentSpec& spec, TrainingInput input, int threads,
                                                                Clock clock) {
    if (Status checked = check_input(spec, input); !checked) return tl::unexpected(checked.error());
#if DIGITLAB_THREADS
    auto impl = std::make_unique<Impl>(spec, std::move(input), threads, std::move(clock));
#else
    auto pool = std::make_unique<ThreadPool>(std::min(most_threads_of(spec), threads));
    auto trainer = Trainer::create(spec, std::move(input), *pool, clock);
    if (!trainer) return tl::unexpected(trainer.error());
    auto impl = std::make_unique<Impl>(std::move(*trainer), std::move(pool), std::move(clock));
#endif
    return std::unique_ptr<TrainingSession>(new TrainingSession(std::move(impl)));
}

TrainingSession::TrainingSession(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TrainingSession::~TrainingSession() = default;

void TrainingSession::pause() {
    impl_->wish([](Wishes& wishes) { wishes.pause = wishes.halt = true; });
}
void TrainingSession::resume() {
    impl_->wish([](Wishes& wishes) { wishes.pause = false; });
}
void TrainingSession::stop() {
    impl_->wish([](Wishes& wishes) { wishes.stop = true; });
}
void TrainingSession::set_learning_rate(float learning_rate) {
    impl_->wish([learning_rate](Wishes& wishes) { wishes.learning_rate = learning_rate; });
}

void TrainingSession::step(StepUnit unit) {
    impl_->wish([unit](Wishes& wishes) {
        wishes.pause = true;
        wishes.step = unit;
    });
}
void TrainingSession::rest(bool rests) {
    impl_->wish([rests](Wishes& wishes) { wishes.rest = rests; });
}
void TrainingSession::set_threads(int threads) {
    impl_->wish([threads](Wishes& wishes) { wishes.threads = threads; });
}

bool TrainingSession::needs_advance() const { return impl_->needs_advance(); }
void TrainingSession::advance(double budget_secs) { impl_->advance(budget_secs); }
std::uint64_t TrainingSession::version() const { return impl_->version; }
SessionUpdate TrainingSession::take_update() { return impl_->take_update(); }

}  // namespace digitlab
