#include "train/session.h"

#include <algorithm>
#include <atomic>
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
        const auto& chart = trainer.chart();
        update_.new_points.insert(update_.new_points.end(), chart.begin() + static_cast<std::ptrdiff_t>(points_), chart.end());
        points_ = chart.size();
        const auto& epochs = trainer.epochs();
        if (epochs.size() > epochs_) {
            update_.new_epochs.insert(update_.new_epochs.end(), epochs.begin() + static_cast<std::ptrdiff_t>(epochs_),
                                      epochs.end());
            update_.epoch_model = trainer.model();
            update_.weights_hash = weights_hash(*update_.epoch_model);
            epochs_ = epochs.size();
        }
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
        return taken;
    }

   private:
    SessionUpdate update_;
    std::size_t points_ = 0, epochs_ = 0;
};

int threads_for(const ExperimentSpec& spec, int available) {
    return spec.threads > 0 ? std::min(spec.threads, available) : available;
}

/// What the main thread wants of the training, looked at between two steps.
struct Wishes {
    bool pause = false;
    bool stop = false;
    std::optional<float> learning_rate;
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
    std::thread thread;

    void run(const ExperimentSpec& spec, TrainingInput input, int threads, Clock clock) {
        ThreadPool pool(threads_for(spec, threads));
        auto created = Trainer::create(spec, std::move(input), pool, std::move(clock));
        if (!created) {  // the spec was checked before, so this is memory or the like
            const std::lock_guard lock(mutex);
            publish_failure(created.error());
            return;
        }
        loop(**created);
    }

    void loop(Trainer& trainer) {
        Status status;
        bool stopped = false;
        while (status && !trainer.finished()) {
            if (!obey(trainer, stopped)) return;
            status = trainer.step();
            publish(trainer);
        }
        const std::lock_guard lock(mutex);
        outbox.end(trainer, stopped, status);
        ++version;
    }

    /// Carries out the wishes, waiting while paused. False when the session is abandoned.
    bool obey(Trainer& trainer, bool& stopped) {
        std::unique_lock lock(mutex);
        if (wishes.pause && !wishes.stop && !abandoned) {
            trainer.pause();
            ++version;
            wishes_changed.wait(lock, [this] { return !wishes.pause || wishes.stop || abandoned; });
            trainer.resume();
        }
        if (wishes.learning_rate) trainer.set_learning_rate(*std::exchange(wishes.learning_rate, std::nullopt));
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

    template <class Change>
    void wish(Change change) {
        change(wishes);
        obey();
    }

    void obey() {
        const bool pause = wishes.pause && !wishes.stop;
        if (pause != paused) pause ? trainer->pause() : trainer->resume();
        paused = pause;
        if (wishes.learning_rate) trainer->set_learning_rate(*std::exchange(wishes.learning_rate, std::nullopt));
        if (wishes.stop && !std::exchange(stopped, true)) trainer->finish_early();
        ++version;
    }

    void advance(double budget_secs) {
        if (paused || ended) return;
        const double end = clock() + budget_secs;
        Status status;
        do status = trainer->step();
        while (status && !trainer->finished() && clock() < end);
        ended = !status || trainer->finished();
        if (ended) {
            outbox.end(*trainer, stopped, status);
        } else {
            outbox.collect(*trainer);
        }
        ++version;
    }

    SessionUpdate take_update() { return outbox.take(paused); }
};

#endif

Result<std::unique_ptr<TrainingSession>> TrainingSession::start(const ExperimentSpec& spec, TrainingInput input, int threads,
                                                                Clock clock) {
    if (Status checked = check_input(spec, input); !checked) return tl::unexpected(checked.error());
#if DIGITLAB_THREADS
    auto impl = std::make_unique<Impl>(spec, std::move(input), threads, std::move(clock));
#else
    auto pool = std::make_unique<ThreadPool>(threads_for(spec, threads));
    auto trainer = Trainer::create(spec, std::move(input), *pool, clock);
    if (!trainer) return tl::unexpected(trainer.error());
    auto impl = std::make_unique<Impl>(std::move(*trainer), std::move(pool), std::move(clock));
#endif
    return std::unique_ptr<TrainingSession>(new TrainingSession(std::move(impl)));
}

TrainingSession::TrainingSession(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TrainingSession::~TrainingSession() = default;

void TrainingSession::pause() {
    impl_->wish([](Wishes& wishes) { wishes.pause = true; });
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

bool TrainingSession::needs_advance() const { return !DIGITLAB_THREADS; }
void TrainingSession::advance(double budget_secs) { impl_->advance(budget_secs); }
std::uint64_t TrainingSession::version() const { return impl_->version; }
SessionUpdate TrainingSession::take_update() { return impl_->take_update(); }

}  // namespace digitlab
