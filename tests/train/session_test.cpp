#include "train/session.h"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <thread>

#include "base/clock.h"
#include "train/stripes.h"

using namespace digitlab;

namespace {

std::unique_ptr<TrainingSession> start(const ExperimentSpec& spec) {
    return TrainingSession::start(spec, stripes(), 2, monotonic_secs).value();
}

/// What a page does: lets the session work for a moment and looks what is new.
SessionUpdate look(TrainingSession& session) {
    if (session.needs_advance()) {
        session.advance(0.005);
    } else {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return session.take_update();
}

}  // namespace

TEST_CASE("a session trains by itself and hands over every epoch, every point and the model") {
    const auto session = start(quick_spec("softmax", 4));
    std::size_t epochs = 0, points = 0;
    SessionUpdate update;
    while (!update.ended) {
        update = look(*session);
        epochs += update.new_epochs.size();
        points += update.new_points.size();
        CHECK(update.epoch_model.has_value() == !update.new_epochs.empty());
    }
    CHECK(epochs == 4);
    CHECK(points == 4 * 22);
    CHECK_FALSE(update.error);
    CHECK_FALSE(update.stopped_early);
    REQUIRE(update.test);
    CHECK(update.test->accuracy > 0.95);
    REQUIRE(update.model);
    CHECK(update.secs > 0);
}

TEST_CASE("a session gives the weights that a bare trainer gives") {
    const auto session = start(quick_spec("mlp"));
    SessionUpdate update;
    while (!update.ended) update = look(*session);
    ThreadPool pool(1);
    const auto trainer = Trainer::create(quick_spec("mlp"), stripes(), pool, monotonic_secs).value();
    while (!trainer->finished()) REQUIRE(trainer->step());
    const Model expected = trainer->model();
    for (std::size_t i = 0; i < expected.tensors.size(); ++i)
        CHECK(update.model->tensors[i].values == expected.tensors[i].values);
}

TEST_CASE("a paused session stands still until it is resumed, a stopped one ends with its figures") {
    const auto session = start(quick_spec("softmax", 1000));
    while (look(*session).progress.epoch < 2) {
    }
    session->pause();
    look(*session);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const SessionUpdate held = look(*session);
    CHECK(held.paused);
    const SessionUpdate still = look(*session);
    CHECK(still.progress.batch == held.progress.batch);
    CHECK(still.progress.epoch == held.progress.epoch);

    session->resume();
    while (look(*session).progress.epoch < held.progress.epoch + 2) {
    }
    session->stop();
    SessionUpdate update;
    while (!update.ended) update = look(*session);
    CHECK(update.stopped_early);
    CHECK(update.test);
    CHECK(update.model);
}

TEST_CASE("a paused session goes on for one batch or one epoch and stands still again") {
    const auto session = start(quick_spec("softmax", 1000));
    session->pause();
    const auto settled = [&] {
        SessionUpdate last = look(*session);
        for (int same = 0; same < 10;) {
            const SessionUpdate now = look(*session);
            const bool still = now.progress.batch == last.progress.batch && now.progress.epoch == last.progress.epoch;
            same = still ? same + 1 : 0;
            last = now;
        }
        return last.progress;
    };
    const auto before = settled();
    session->step(StepUnit::batch);
    const auto after = settled();
    const auto done = [](const TrainingProgress& progress) { return (progress.epoch - 1) * progress.batches + progress.batch; };
    CHECK(done(after) == done(before) + 1);
    session->step(StepUnit::epoch);
    const auto epoch = settled();
    CHECK(epoch.epoch == after.epoch + 1);
    CHECK(epoch.batch == 0);
    // A step on its way can be called off.
    session->step(StepUnit::epoch);
    session->pause();
    const auto held = settled();
    session->resume();
    while (look(*session).progress.epoch < held.epoch + 2) {
    }
}

TEST_CASE("a session goes on with another number of threads, to the same weights") {
    const auto session = start(quick_spec("mlp", 6));
    SessionUpdate update;
    for (int looks = 0; !update.ended; ++looks) {
        session->set_threads(1 + looks % 3);
        update = look(*session);
    }
    const auto undisturbed = start(quick_spec("mlp", 6));
    SessionUpdate expected;
    while (!expected.ended) expected = look(*undisturbed);
    CHECK(update.weights_hash == expected.weights_hash);
}

TEST_CASE("stopping works while paused, and a session can be abandoned at any time") {
    const auto session = start(quick_spec("softmax", 1000));
    session->pause();
    look(*session);
    session->stop();
    SessionUpdate update;
    while (!update.ended) update = look(*session);
    CHECK(update.stopped_early);

    for (int i = 0; i < 5; ++i) {
        const auto abandoned = start(quick_spec("mlp", 1000));
        look(*abandoned);
        if (i % 2 == 0) abandoned->pause();
    }
}

TEST_CASE("a diverging session ends with the reason and a model") {
    ExperimentSpec spec = quick_spec("mlp", 1000);
    spec.optimizer.kind = OptimizerKind::sgd;
    const auto session = start(spec);
    session->set_learning_rate(1e30F);
    SessionUpdate update;
    while (!update.ended) update = look(*session);
    REQUIRE(update.error);
    CHECK(update.error->code == "diverged");
    CHECK(update.model);
}

TEST_CASE("a bad spec is refused before anything starts") {
    ExperimentSpec spec = quick_spec();
    spec.learning_rate = 0;
    CHECK(TrainingSession::start(spec, stripes(), 2, monotonic_secs).error().code == "bad-spec");
}
