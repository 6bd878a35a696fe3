// Both kinds of session, used as a page uses them.

#include "train/session.h"

#include <algorithm>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "train/session_kinds.h"
#include "train/stripes.h"
#include "wait.h"

using namespace digitlab;

namespace {

using Kind = TrainingSession::Kind;

std::unique_ptr<TrainingSession> start(Kind kind, const ExperimentSpec& spec, int threads = 2, Clock clock = monotonic_secs) {
    return TrainingSession::start(kind, spec, stripes(), threads, std::move(clock)).value();
}

/// Does what a page does: lets the session run for a moment and takes its update.
SessionUpdate look(TrainingSession& session) {
    if (session.needs_advance()) session.advance(0.005);
    return session.take_update();
}

/// Looks until `condition(update)` is true; returns that update.
template <class Condition>
SessionUpdate look_until(TrainingSession& session, Condition condition) {
    SessionUpdate update;
    wait_until([&] {
        update = look(session);
        return condition(update);
    });
    return update;
}

bool has_ended(const SessionUpdate& update) { return update.ended; }
bool stands_still(const SessionUpdate& update) { return update.stands_still; }

/// Batches of training so far.
int done(const SessionUpdate& update) { return (update.progress.epoch - 1) * update.progress.batches + update.progress.batch; }

/// Looks until the session stands still in a different place from `before`.
SessionUpdate look_until_moved(TrainingSession& session, const SessionUpdate& before) {
    // Not by `done`: the end of an epoch, with its validation to come, and the start of the next are as many batches.
    return look_until(session, [&](const SessionUpdate& now) {
        return now.stands_still && (now.progress.epoch != before.progress.epoch || now.progress.batch != before.progress.batch);
    });
}

}  // namespace

TEST_CASE("a session trains on its own and delivers every epoch, every point and the model", "[threads]") {
    const auto session = start(GENERATE(from_range(session_kinds())), quick_spec("softmax", 4));
    std::size_t epochs = 0, points = 0;
    const SessionUpdate last = look_until(*session, [&](const SessionUpdate& update) {
        epochs += update.new_epochs.size();
        points += update.new_points.size();
        CHECK(update.epoch_model.has_value() == !update.new_epochs.empty());
        return update.ended;
    });
    CHECK(epochs == 4);
    CHECK(points == 4 * 22);
    CHECK_FALSE(last.error);
    CHECK_FALSE(last.stopped_early);
    REQUIRE(last.test);
    CHECK(last.test->accuracy > 0.95);
    REQUIRE(last.model);
    CHECK(last.progress.elapsed_secs > 0);
}

TEST_CASE("a session gives the same weights as a bare trainer", "[threads]") {
    const auto session = start(GENERATE(from_range(session_kinds())), quick_spec("mlp"), GENERATE(1, 3, 8));
    const SessionUpdate update = look_until(*session, has_ended);
    ThreadPool pool(1);
    const auto trainer = Trainer::create(quick_spec("mlp"), stripes(), pool, monotonic_secs).value();
    while (!trainer->finished()) REQUIRE(trainer->step());
    const Model expected = trainer->model();
    for (std::size_t i = 0; i < expected.tensors.size(); ++i)
        CHECK(update.model->tensors[i].values == expected.tensors[i].values);
}

TEST_CASE("a paused session stands still until it is resumed, and a stopped one ends with its metrics", "[threads]") {
    const auto session = start(GENERATE(from_range(session_kinds())), quick_spec("softmax", 1000));
    look_until(*session, [](const SessionUpdate& update) { return update.progress.epoch >= 2; });
    session->pause();
    const SessionUpdate held = look_until(*session, stands_still);
    CHECK_FALSE(session->needs_advance());
    const std::uint64_t version = session->version();
    session->advance(0.005);
    const SessionUpdate still = look(*session);
    CHECK(done(still) == done(held));
    CHECK(session->version() == version);

    session->resume();
    look_until(*session, [&](const SessionUpdate& update) { return update.progress.epoch >= held.progress.epoch + 2; });
    session->stop();
    const SessionUpdate last = look_until(*session, has_ended);
    CHECK(last.stopped_early);
    CHECK(last.test);
    CHECK(last.model);
}

TEST_CASE("after a request, no update repeats that a session stood still before it", "[threads]") {
    const Kind kind = GENERATE(from_range(session_kinds()));
    for (int round = 0; round < 20; ++round) {
        const auto session = start(kind, quick_spec("softmax", 1000));
        session->pause();
        // Its standing still is published, but not taken yet.
        std::uint64_t seen = 0;
        wait_until([&] {
            const std::uint64_t before = std::exchange(seen, session->version());
            return seen > 0 && seen == before;
        });
        session->stop();
        look_until(*session, [](const SessionUpdate& update) {
            CHECK_FALSE(update.stands_still);
            return update.ended;
        });
    }
}

TEST_CASE("a session whose run reaches its time limit ends by itself: it was not stopped", "[threads]") {
    std::atomic<int> now = 0;
    ExperimentSpec spec = quick_spec("softmax", 1000);
    spec.max_secs = 500;
    const auto session = start(GENERATE(from_range(session_kinds())), spec, 1, [&now] { return ++now; });
    const SessionUpdate last = look_until(*session, has_ended);
    CHECK_FALSE(last.stopped_early);
    CHECK_FALSE(last.error);
    CHECK(last.test);
    CHECK(last.model);
}

TEST_CASE("a session can step by one batch or to the end of an epoch", "[threads]") {
    const auto session = start(GENERATE(from_range(session_kinds())), quick_spec("softmax", 1000));
    session->pause();
    const SessionUpdate before = look_until(*session, stands_still);
    session->step(StepUnit::batch);
    const SessionUpdate once = look_until_moved(*session, before);
    CHECK(done(once) == done(before) + 1);
    // If it had continued by itself meanwhile, it would be further along.
    session->step(StepUnit::batch);
    const SessionUpdate twice = look_until_moved(*session, once);
    CHECK(done(twice) == done(before) + 2);
    session->step(StepUnit::epoch);
    const SessionUpdate epoch = look_until_moved(*session, twice);
    CHECK(epoch.progress.epoch == twice.progress.epoch + 1);
    CHECK(epoch.progress.batch == 0);

    SECTION("a running step can be cancelled") {
        session->rest(true);  // so that the step cannot finish
        session->step(StepUnit::epoch);
        session->pause();
        session->rest(false);
        session->step(StepUnit::batch);
        CHECK(done(look_until_moved(*session, epoch)) == done(epoch) + 1);
    }
    SECTION("it can be resumed") {
        session->resume();
        look_until(*session, [&](const SessionUpdate& update) { return update.progress.epoch >= epoch.progress.epoch + 2; });
    }
    SECTION("a rest is not a pause: stepping and resuming do not end it") {
        session->rest(true);
        session->step(StepUnit::batch);
        session->resume();
        const std::uint64_t version = session->version();
        session->set_threads(1);
        wait_until([&] { return session->version() > version; });
        CHECK(done(look_until(*session, stands_still)) == done(epoch));
        session->rest(false);
        look_until(*session, [&](const SessionUpdate& update) { return done(update) > done(epoch) + 1; });
    }
}

TEST_CASE("a session whose number of threads changes ends with the same weights", "[threads]") {
    const Kind kind = GENERATE(from_range(session_kinds()));
    const auto session = start(kind, quick_spec("mlp", 6));
    int looks = 0;
    const SessionUpdate update = look_until(*session, [&](const SessionUpdate& now) {
        session->set_threads(1 + looks++ % 8);
        return now.ended;
    });
    CHECK(update.weights_hash == look_until(*start(kind, quick_spec("mlp", 6)), has_ended).weights_hash);
}

TEST_CASE("several sessions at once give the weights they would have alone", "[threads]") {
    const Kind kind = GENERATE(from_range(session_kinds()));
    const auto alone = look_until(*start(kind, quick_spec("mlp", 4), 1), has_ended).weights_hash;
    std::vector<std::unique_ptr<TrainingSession>> sessions;
    for (int threads = 1; threads <= 4; ++threads) sessions.push_back(start(kind, quick_spec("mlp", 4), threads));
    std::vector<std::string> hashes(sessions.size());
    wait_until([&] {
        for (std::size_t i = 0; i < sessions.size(); ++i) {
            if (const SessionUpdate update = look(*sessions[i]); update.ended) hashes[i] = update.weights_hash;
        }
        return std::ranges::none_of(hashes, &std::string::empty);
    });
    CHECK(hashes == std::vector<std::string>(sessions.size(), alone));
}

TEST_CASE("stopping works while paused, and a session can be abandoned at any time", "[threads]") {
    const Kind kind = GENERATE(from_range(session_kinds()));
    const auto session = start(kind, quick_spec("softmax", 1000));
    session->pause();
    look_until(*session, stands_still);
    session->stop();
    CHECK(look_until(*session, has_ended).stopped_early);

    for (int i = 0; i < 5; ++i) {
        const auto abandoned = start(kind, quick_spec("mlp", 1000));
        look(*abandoned);
        if (i % 2 == 0) abandoned->pause();
    }
}

TEST_CASE("a diverging session ends with the reason and a model") {
    ExperimentSpec spec = quick_spec("mlp", 1000);
    spec.optimizer.kind = OptimizerKind::sgd;
    const auto session = start(GENERATE(from_range(session_kinds())), spec);
    session->set_learning_rate(1e30F);
    const SessionUpdate update = look_until(*session, has_ended);
    REQUIRE(update.error);
    CHECK(update.error->code == "diverged");
    CHECK(update.model);
}

TEST_CASE("a bad spec is refused before anything starts") {
    ExperimentSpec spec = quick_spec();
    spec.learning_rate = 0;
    const Kind kind = GENERATE(from_range(session_kinds()));
    CHECK(TrainingSession::start(kind, spec, stripes(), 2, monotonic_secs).error().code == "bad-spec");
}

TEST_CASE("an exception ends the session with an error, and its epochs are delivered", "[threads]") {
    const Kind kind = GENERATE(from_range(session_kinds()));
    const bool out_of_memory = GENERATE(true, false);
    std::atomic<bool> fails = false;  // The trainer reads the clock in each of its steps.
    const auto session = start(kind, quick_spec("mlp", 1000), 2, [&] {
        if (fails && out_of_memory) throw std::bad_alloc();
        if (fails) throw std::runtime_error("the clock has stopped");
        return monotonic_secs();
    });
    std::size_t epochs = 0;
    const auto count = [&](const SessionUpdate& update) {
        epochs += update.new_epochs.size();
        return epochs >= 2;
    };
    look_until(*session, count);
    fails = true;
    const SessionUpdate last = look_until(*session, has_ended);
    REQUIRE(last.error);
    CHECK(last.error->code == (out_of_memory ? "out-of-memory" : "unexpected"));
    CHECK(last.error->message.ends_with('.'));
    CHECK(last.error->message.find(out_of_memory ? "memory" : "the clock has stopped") != std::string::npos);
    CHECK_FALSE(last.model);
    CHECK(last.epoch_model.has_value() == !last.new_epochs.empty());
    // The session is over: requests have no effect.
    session->resume();
    session->stop();
    CHECK_FALSE(session->needs_advance());
}

TEST_CASE("an exception before the first step ends the session as well", "[threads]") {
    const Kind kind = GENERATE(from_range(session_kinds()));
    const Clock broken = []() -> double { throw std::bad_alloc(); };
    const auto session = TrainingSession::start(kind, quick_spec(), stripes(), 2, broken);
    if (kind == Kind::sliced) {
        CHECK(session.error().code == "out-of-memory");
    } else {
        CHECK(look_until(**session, has_ended).error->code == "out-of-memory");
    }
}

TEST_CASE("a session that gets no thread fails, and one that gets too few ends with the same weights", "[threads]") {
    if (!has_threads()) SKIP("This build has no threads.");
    {
        const ThreadLimit none(0);
        const auto session = TrainingSession::start(Kind::threaded, quick_spec(), stripes(), 2, monotonic_secs);
        REQUIRE_FALSE(session);
        CHECK(session.error().code == "no-thread");
    }
    const auto expected = look_until(*start(Kind::threaded, quick_spec("mlp", 4), 8), has_ended).weights_hash;
    const ThreadLimit few(3);
    CHECK(look_until(*start(Kind::threaded, quick_spec("mlp", 4), 8), has_ended).weights_hash == expected);
    CHECK(few.most_seen() == 3);
}

TEST_CASE("a session makes at most one checkpoint per second, the first one immediately") {
    std::atomic<double> now = 0;
    const auto session =
        start(GENERATE(from_range(session_kinds())), quick_spec("softmax", 1000), 1, [&] { return now.load(); });
    int checkpoints = 0;
    const auto finish_epoch = [&] {
        bool seen = false;
        session->step(StepUnit::epoch);
        look_until(*session, [&](const SessionUpdate& update) {
            checkpoints += update.checkpoint ? 1 : 0;
            seen |= !update.new_epochs.empty();
            return seen && update.stands_still;
        });
    };
    finish_epoch();
    CHECK(checkpoints == 1);
    finish_epoch();
    now = 0.9;
    finish_epoch();
    CHECK(checkpoints == 1);
    now = 1.1;
    finish_epoch();
    CHECK(checkpoints == 2);
}
