#include "train/trainer.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "base/clock.h"
#include "data/idx.h"
#include "train/evaluation.h"
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

TEST_CASE("a run goes through its epochs, learns and is tested") {
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

TEST_CASE("a small last batch makes no spike in the chart: its point includes the rows of the point before") {
    ThreadPool pool(1);
    ExperimentSpec spec = quick_spec("mlp", 2);
    spec.validation_count = 30;  // 370 rows in batches of 16, the last one of 2
    const auto trainer = make(spec, pool);
    std::vector<Totals> batches;
    Totals before;
    while (trainer->chart().size() < 24) {
        REQUIRE(trainer->step());
        const TrainingProgress now = trainer->progress();
        if (now.epoch != 1) break;
        Totals all;
        all.rows = std::min(now.batch * 16, 370);
        all.loss = now.loss * static_cast<double>(all.rows);
        all.correct = std::lround(now.accuracy * static_cast<double>(all.rows));
        batches.push_back({all.loss - before.loss, all.correct - before.correct, all.rows - before.rows});
        before = all;
    }
    REQUIRE(batches.size() == 24);
    REQUIRE(batches.back().rows == 2);
    const std::vector<ChartPoint>& chart = trainer->chart();
    REQUIRE(chart.size() == 24);
    for (std::size_t point = 0; point + 1 < chart.size(); ++point) {
        CHECK(std::abs(static_cast<double>(chart[point].loss) - batches[point].mean_loss()) < 1e-4);
    }
    Totals last_two = batches[22];
    last_two.add(batches[23]);
    CHECK(std::abs(static_cast<double>(chart.back().loss) - last_two.mean_loss()) < 1e-4);
    CHECK(std::abs(static_cast<double>(chart.back().accuracy) - last_two.accuracy()) < 1e-4);
    CHECK(chart.back().epoch == 1.0F);

    while (trainer->chart().size() < 25) REQUIRE(trainer->step());
    CHECK(trainer->chart().back().epoch < 1.1F);
}

TEST_CASE("a point of a small last batch does not show that batch's gradient alone") {
    ThreadPool pool(1);
    const auto last_norms = [&](int validation_count) {
        ExperimentSpec spec = quick_spec("mlp", 1);
        spec.validation_count = validation_count;
        const auto trainer = make(spec, pool);
        while (trainer->progress().phase == TrainingPhase::training) REQUIRE(trainer->step());
        const auto& chart = trainer->chart();
        return std::pair(chart[chart.size() - 2].gradient_norm, chart.back().gradient_norm);
    };
    // Of the mean with a batch of 16 rows, a batch of one row is a seventeenth.
    const auto [full, one_row] = last_norms(31);  // 369 rows
    CHECK(one_row >= full * 16 / 17 * 0.999F);
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

TEST_CASE("the linear schedule ends with small steps, the constant one does not") {
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

TEST_CASE("a different seed gives different weights") {
    ThreadPool pool(1);
    ExperimentSpec spec = quick_spec();
    const auto one = make(spec, pool);
    spec.seed = 2;
    const auto other = make(spec, pool);
    run(*one);
    run(*other);
    CHECK(one->model().tensors[0].values != other->model().tensors[0].values);
}

TEST_CASE("a run that diverges stops, says why and keeps its last good weights") {
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

TEST_CASE("finishing early still validates and tests") {
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

TEST_CASE("early stopping ends a run that no longer improves, with the weights of its best epoch") {
    ThreadPool pool(1);
    ExperimentSpec spec = quick_spec("mlp", 200);
    spec.early_stopping.patience = 3;
    const auto trainer = make(spec, pool);
    std::optional<Model> best;
    while (!trainer->finished()) {
        const std::size_t before = trainer->epochs().size();
        REQUIRE(trainer->step());
        const bool new_best =
            trainer->epochs().size() > before && trainer->progress().best_epoch == std::ssize(trainer->epochs());
        if (new_best) best = trainer->model();
    }
    const auto& epochs = trainer->epochs();
    CHECK(epochs.size() < 200);
    const int best_epoch = trainer->progress().best_epoch;
    CHECK(std::ssize(epochs) == best_epoch + 3);
    for (const EpochMetrics& epoch : epochs) {
        CHECK(epoch.validation_accuracy <= epochs[static_cast<std::size_t>(best_epoch - 1)].validation_accuracy);
    }
    REQUIRE(best);
    check_same_weights(*best, trainer->model());
}

TEST_CASE("the best epoch's weights can be kept without stopping early") {
    ThreadPool pool(1);
    ExperimentSpec spec = quick_spec("mlp", 12);
    spec.keep_best = true;
    const auto trainer = make(spec, pool);
    std::vector<Model> after;
    while (!trainer->finished()) {
        const std::size_t before = trainer->epochs().size();
        REQUIRE(trainer->step());
        if (trainer->epochs().size() > before && trainer->epochs().size() < 12) after.push_back(trainer->model());
    }
    CHECK(trainer->epochs().size() == 12);
    // The first epoch with the highest accuracy.
    const auto best = std::ranges::max_element(trainer->epochs(), {}, &EpochMetrics::validation_accuracy);
    CHECK(trainer->progress().best_epoch == best->epoch);
    REQUIRE(best->epoch < 12);
    check_same_weights(after[static_cast<std::size_t>(best->epoch - 1)], trainer->model());
}

TEST_CASE("the best epoch can be the one with the lowest validation loss") {
    ThreadPool pool(1);
    ExperimentSpec spec = quick_spec("mlp", 6);
    spec.early_stopping.metric = EarlyStopping::Metric::loss;
    const auto trainer = make(spec, pool);
    run(*trainer);
    CHECK(trainer->progress().best_epoch ==
          std::ranges::min_element(trainer->epochs(), {}, &EpochMetrics::validation_loss)->epoch);
}

TEST_CASE("frozen layers keep their weights, and the others learn") {
    ThreadPool pool(1);
    ExperimentSpec spec = quick_spec("mlp", 1);
    spec.frozen_layers = 1;
    const auto trainer = make(spec, pool);
    const Model before = trainer->model();
    run(*trainer);
    const Model after = trainer->model();
    for (std::size_t i = 0; i < before.tensors.size(); ++i) {
        INFO(before.tensors[i].name);
        CHECK((before.tensors[i].values == after.tensors[i].values) == before.tensors[i].name.starts_with("1."));
    }
}

TEST_CASE("a run shows its latest mini-batch, its answers so far and the time per batch") {
    ThreadPool pool(1);
    const auto trainer = make(quick_spec("mlp", 2), pool);
    CHECK(trainer->view().batch.labels.empty());
    for (int i = 0; i < 5; ++i) REQUIRE(trainer->step());
    const TrainingView& view = trainer->view();
    CHECK(view.batch.labels.size() == 16);
    CHECK(view.batch.answers.size() == 16);
    CHECK(view.batch.pixels.size() == 16 * 784);
    CHECK(std::ranges::any_of(view.batch.pixels, [](std::uint8_t pixel) { return pixel > 128; }));
    int counted = 0, right = 0;
    for (int row = 0; row < view.classes; ++row) {
        for (int column = 0; column < view.classes; ++column) {
            const int cell = view.confusion[static_cast<std::size_t>(row * view.classes + column)];
            counted += cell;
            if (row == column) right += cell;
        }
    }
    CHECK(counted == 5 * 16);
    const TrainingProgress progress = trainer->progress();
    CHECK(std::abs(progress.accuracy - static_cast<double>(right) / counted) < 1e-9);
    CHECK(progress.gradient_norm > 0);
    CHECK(progress.learning_rate > 0);
    CHECK(progress.forward_ms > 0);
    CHECK(progress.backward_ms > 0);
    CHECK(progress.update_ms > 0);
}

TEST_CASE("a change of the learning rate is recorded with its position") {
    ThreadPool pool(1);
    const auto trainer = make(quick_spec("softmax", 2), pool);
    for (int i = 0; i < 11; ++i) REQUIRE(trainer->step());
    trainer->set_learning_rate(0.5F);
    trainer->set_learning_rate(0.5F);  // no change
    REQUIRE(trainer->rate_changes().size() == 1);
    CHECK(trainer->rate_changes()[0] == RateChange{11, 0.5, 0.5F});
}

TEST_CASE("a run can use a subset and no validation rows") {
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

TEST_CASE("a run ends after the batch in which its training time passes the limit") {
    double now = 0;
    ThreadPool pool(1);
    ExperimentSpec spec = quick_spec("softmax", 100);
    spec.max_secs = 10;
    const auto trainer = Trainer::create(spec, stripes(), pool, [&now] { return now; }).value();
    SECTION("in the middle of an epoch, which is then validated") {
        REQUIRE(trainer->step());
        trainer->pause();
        now = 1000;  // does not count
        trainer->resume();
        now = 1010;
        REQUIRE(trainer->step());
        CHECK(trainer->progress().phase == TrainingPhase::training);
        now = 1011;
        REQUIRE(trainer->step());
        CHECK(trainer->progress().phase == TrainingPhase::validating);
        run(*trainer);
        CHECK(trainer->epochs().size() == 1);
        CHECK(trainer->steps() == 3);
    }
    SECTION("during validation, after which no epoch begins") {
        while (trainer->progress().phase == TrainingPhase::training) REQUIRE(trainer->step());
        now = 11;
        run(*trainer);
        CHECK(trainer->epochs().size() == 1);
        CHECK(trainer->steps() == 22);
    }
    CHECK(trainer->test());
}

TEST_CASE("a spec that cannot be trained is refused") {
    ThreadPool pool(1);
    ExperimentSpec spec = quick_spec();
    CHECK(Trainer::create(spec, {}, pool, monotonic_secs).error().code == "no-data");
    spec.batch_size = 351;
    CHECK(Trainer::create(spec, stripes(), pool, monotonic_secs).error().code == "bad-spec");
    spec = quick_spec();
    spec.architecture.layers.back().units = 5;
    CHECK(Trainer::create(spec, stripes(), pool, monotonic_secs).error().code == "bad-architecture");
}

TEST_CASE("evaluating a stored model gives the trainer's test result") {
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
