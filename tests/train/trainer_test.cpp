#include "train/trainer.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "base/clock.h"
#include "data/idx.h"
#include "train/stripes.h"

using namespace digitlab;

namespace {

std::unique_ptr<Trainer> make(const ExperimentSpec& spec, ThreadPool& pool, DataPair data = stripes()) {
    return Trainer::create(spec, std::move(data), pool, monotonic_secs).value();
}

void run(Trainer& trainer) {
    while (!trainer.finished()) REQUIRE(trainer.step());
}

void check_same_weights(const Model& one, const Model& other) {
    REQUIRE(one.tensors.size() == other.tensors.size());
    for (std::size_t i = 0; i < one.tensors.size(); ++i) CHECK(one.tensors[i].values == other.tensors[i].values);
}

}  // namespace

TEST_CASE("a training goes through its epochs, learns and is tested") {
    ThreadPool pool(2);
    const auto trainer = make(quick_spec("mlp", 3), pool);
    CHECK(trainer->progress().batches == 22);  // 350 rows in batches of 16, the last one of 14
    run(*trainer);
    REQUIRE(trainer->epochs().size() == 3);
    CHECK(trainer->epochs()[2].train_loss < trainer->epochs()[0].train_loss);
    CHECK(trainer->epochs()[2].validation_accuracy > 0.95);
    REQUIRE(trainer->test());
    CHECK(trainer->test()->accuracy > 0.95);
    int counted = 0;
    for (const int cell : trainer->test()->confusion) counted += cell;
    CHECK(counted == 100);
    CHECK(trainer->progress().phase == TrainingPhase::finished);
    CHECK(trainer->chart().back().epoch == 3.0F);
}

TEST_CASE("the same seed gives the same weights for any number of threads") {
    for (const char* architecture : {"softmax", "mlp", "small-cnn"}) {
        INFO(architecture);
        const ExperimentSpec spec = quick_spec(architecture, 1);
        std::optional<Model> expected;
        for (const int threads : {1, 2, 3, 8}) {
            ThreadPool pool(threads);
            const auto trainer = make(spec, pool, stripes(120));
            run(*trainer);
            if (!expected) expected = trainer->model();
            check_same_weights(*expected, trainer->model());
        }
    }
}

TEST_CASE("the linear schedule ends with the smallest steps, the constant one does not") {
    ThreadPool pool(1);
    const auto last_move = [&](ScheduleKind schedule) {
        ExperimentSpec spec = quick_spec("softmax", 1);
        spec.optimizer.kind = OptimizerKind::sgd;
        spec.schedule.kind = schedule;
        const auto trainer = make(spec, pool);
        for (int step = 1; step < trainer->progress().batches; ++step) REQUIRE(trainer->step());
        const Model before = trainer->model();
        REQUIRE(trainer->step());
        const Model after = trainer->model();
        float move = 0;
        for (std::size_t i = 0; i < before.tensors[0].values.size(); ++i) {
            move = std::max(move, std::abs(after.tensors[0].values[i] - before.tensors[0].values[i]));
        }
        return move;
    };
    CHECK(last_move(ScheduleKind::linear) > 0);
    CHECK(last_move(ScheduleKind::linear) < 0.1F * last_move(ScheduleKind::constant));
}

TEST_CASE("another seed gives other weights") {
    ThreadPool pool(1);
    ExperimentSpec spec = quick_spec();
    const auto one = make(spec, pool);
    spec.seed = 2;
    const auto other = make(spec, pool);
    run(*one);
    run(*other);
    CHECK(one->model().tensors[0].values != other->model().tensors[0].values);
}

TEST_CASE("a training that diverges stops, says why and keeps its last good weights") {
    ThreadPool pool(1);
    ExperimentSpec spec = quick_spec("mlp", 50);
    spec.optimizer.kind = OptimizerKind::sgd;
    const auto trainer = make(spec, pool);
    while (trainer->epochs().empty()) REQUIRE(trainer->step());
    const Model good = trainer->model();
    trainer->set_learning_rate(1e30F);
    Status status;
    while (status && !trainer->finished()) status = trainer->step();
    REQUIRE_FALSE(status);
    CHECK(status.error().code == "diverged");
    CHECK(trainer->finished());
    check_same_weights(good, trainer->model());
}

TEST_CASE("finishing early validates and tests what was learnt") {
    ThreadPool pool(1);
    const auto trainer = make(quick_spec("softmax", 100), pool);
    SECTION("before the first batch") {
        trainer->finish_early();
        run(*trainer);
        CHECK(trainer->epochs().empty());
    }
    SECTION("in the middle of an epoch") {
        for (int i = 0; i < 5; ++i) REQUIRE(trainer->step());
        trainer->finish_early();
        run(*trainer);
        CHECK(trainer->epochs().size() == 1);
    }
    CHECK(trainer->test());
}

TEST_CASE("a subset and no validation rows are possible") {
    ThreadPool pool(1);
    ExperimentSpec spec = quick_spec();
    spec.subset = 40;
    spec.validation_count = 0;
    const auto trainer = make(spec, pool);
    CHECK(trainer->progress().batches == 3);
    run(*trainer);
    CHECK(trainer->epochs().size() == 2);
}

TEST_CASE("pauses do not count as training time") {
    double now = 0;
    ThreadPool pool(1);
    auto trainer = Trainer::create(quick_spec(), stripes(), pool, [&now] { return now; }).value();
    now = 10;
    trainer->pause();
    now = 1000;
    CHECK(trainer->elapsed_secs() == 10);
    trainer->resume();
    now = 1005;
    CHECK(trainer->elapsed_secs() == 15);
}

TEST_CASE("what cannot be trained is refused") {
    ThreadPool pool(1);
    ExperimentSpec spec = quick_spec();
    CHECK(Trainer::create(spec, {}, pool, monotonic_secs).error().code == "no-data");
    spec.batch_size = 351;
    CHECK(Trainer::create(spec, stripes(), pool, monotonic_secs).error().code == "bad-spec");
    spec = quick_spec();
    spec.architecture.layers.back().units = 5;
    CHECK(Trainer::create(spec, stripes(), pool, monotonic_secs).error().code == "bad-architecture");
}

TEST_CASE("a stored model measures as the trainer did") {
    ThreadPool pool(2);
    const auto trainer = make(quick_spec("mlp"), pool);
    run(*trainer);
    const auto test = evaluate_model(trainer->model(), *striped_rows(100), pool);
    REQUIRE(test);
    CHECK(test->accuracy == trainer->test()->accuracy);
    CHECK(test->loss == trainer->test()->loss);
    CHECK(test->confusion == trainer->test()->confusion);
}

TEST_CASE("softmax regression learns the real MNIST") {
    const DataPair data = read_mnist_folder(DIGITLAB_MNIST_DIR).value();
    CHECK(data.train->rows() == 60000);
    CHECK(data.test->rows() == 10000);
    ThreadPool pool(2);
    ExperimentSpec spec = default_spec(*find_architecture("softmax"));
    spec.epochs = 1;
    const auto trainer = make(spec, pool, data);
    run(*trainer);
    CHECK(trainer->test()->accuracy > 0.905);
}
