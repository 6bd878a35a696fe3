#include "train/checkpoint.h"

#include <catch2/catch_test_macros.hpp>

#include "base/clock.h"
#include "train/stripes.h"
#include "train/trainer.h"

using namespace digitlab;

namespace {

std::unique_ptr<Trainer> make(const ExperimentSpec& spec, ThreadPool& pool, TrainingInput input) {
    return Trainer::create(spec, std::move(input), pool, monotonic_secs).value();
}

/// Writes the checkpoint to a file in memory and reads it back.
std::shared_ptr<const Model> through_file(const Model& checkpoint) {
    return std::make_shared<const Model>(decode_model(encode_model(checkpoint, Precision::single)).value());
}

struct Case {
    const char* what;
    ExperimentSpec spec;
};

std::vector<Case> cases() {
    std::vector<Case> all;
    all.push_back({"softmax, plain steps", quick_spec("softmax", 4)});
    all.back().spec.optimizer.kind = OptimizerKind::sgd;
    all.push_back({"mlp, momentum, one cycle", quick_spec("mlp", 4)});
    all.back().spec.optimizer.kind = OptimizerKind::momentum;
    all.back().spec.schedule.kind = ScheduleKind::one_cycle;
    all.push_back({"two-pool-cnn: dropout, Adam, augmentation", quick_spec("two-pool-cnn", 3)});
    all.back().spec.augmentation = standard_augmentation(1);
    all.push_back({"resnet: batch normalisation, RMSprop", quick_spec("resnet", 3)});
    all.back().spec.optimizer.kind = OptimizerKind::rmsprop;
    all.push_back({"mlp with added dropout, early stopping, label noise", quick_spec("mlp", 5)});
    all.back().spec.dropout = 0.3F;
    all.back().spec.early_stopping.patience = 2;
    all.back().spec.label_noise = 0.3F;
    return all;
}

}  // namespace

TEST_CASE("a run that continues from any checkpoint ends with exactly the weights of one that never stopped") {
    for (const auto& [what, spec] : cases()) {
        INFO(what);
        ThreadPool pool(2), other_pool(1);
        std::vector<std::shared_ptr<const Model>> checkpoints;
        const auto whole = make(spec, pool, stripes(150));
        whole->set_learning_rate(spec.learning_rate * 0.7F);
        std::size_t seen = 0;
        while (!whole->finished()) {
            REQUIRE(whole->step());
            if (whole->epochs().size() == seen) continue;
            seen = whole->epochs().size();
            if (const auto checkpoint = whole->checkpoint()) checkpoints.push_back(through_file(*checkpoint));
        }
        REQUIRE(checkpoints.size() >= 2);
        for (const auto& checkpoint : checkpoints) {
            TrainingInput input(stripes(150));
            input.checkpoint = checkpoint;
            const auto continued = make(spec, other_pool, std::move(input));
            while (!continued->finished()) REQUIRE(continued->step());
            CHECK(weights_hash(continued->model()) == weights_hash(whole->model()));
            CHECK(continued->epochs().size() == whole->epochs().size());
            CHECK(continued->test()->accuracy == whole->test()->accuracy);
            CHECK(continued->test()->loss == whole->test()->loss);
            CHECK(continued->rate_changes() == whole->rate_changes());
            CHECK(continued->chart().size() == whole->chart().size());
            CHECK(continued->progress().best_epoch == whole->progress().best_epoch);
        }
    }
}

TEST_CASE("there is a checkpoint only between epochs") {
    ThreadPool pool(1);
    const auto trainer = make(quick_spec("softmax", 2), pool, stripes());
    CHECK_FALSE(trainer->checkpoint());
    REQUIRE(trainer->step());
    CHECK_FALSE(trainer->checkpoint());
    while (trainer->epochs().empty()) REQUIRE(trainer->step());
    CHECK(trainer->checkpoint());
    while (!trainer->finished()) REQUIRE(trainer->step());
    CHECK_FALSE(trainer->checkpoint());
}

TEST_CASE("a checkpoint of another run or a damaged one is refused") {
    ThreadPool pool(1);
    const auto trainer = make(quick_spec("softmax", 3), pool, stripes());
    while (trainer->epochs().size() < 2) REQUIRE(trainer->step());
    const Model good = trainer->checkpoint().value();
    const auto code = [&](const ExperimentSpec& spec, Model checkpoint) -> std::string {
        TrainingInput input(stripes());
        input.checkpoint = std::make_shared<const Model>(std::move(checkpoint));
        const auto created = Trainer::create(spec, std::move(input), pool, monotonic_secs);
        return created ? "none" : created.error().code;
    };
    CHECK(code(quick_spec("softmax", 3), good) == "none");
    CHECK(code(quick_spec("mlp", 3), good) == "bad-checkpoint");
    CHECK(code(quick_spec("softmax", 2), good) == "bad-checkpoint");  // all its epochs are already done
    ExperimentSpec other = quick_spec("softmax", 3);
    other.optimizer.kind = OptimizerKind::sgd;
    CHECK(code(other, good) == "bad-checkpoint");
    for (const char* key : {"epochs", "chart", "rateChanges"}) {
        Model damaged = good;
        damaged.notes[key] = 7;
        CHECK(code(quick_spec("softmax", 3), damaged) == "bad-checkpoint");
    }
    Model damaged = good;
    damaged.notes["weights"] = 1000000000;
    CHECK(code(quick_spec("softmax", 3), damaged) == "bad-checkpoint");
    for (std::size_t i = 0; i < good.tensors.size(); ++i) {
        damaged = good;
        damaged.tensors[i].values.pop_back();
        CHECK(code(quick_spec("softmax", 3), damaged) == "bad-checkpoint");
    }
    damaged = good;
    damaged.notes["bestEpoch"] = 9;
    CHECK(code(quick_spec("softmax", 3), damaged) == "bad-checkpoint");
}

TEST_CASE("an older checkpoint with its chart as text is read") {
    ThreadPool pool(1);
    const auto trainer = make(quick_spec("softmax", 3), pool, stripes());
    while (trainer->epochs().size() < 2) REQUIRE(trainer->step());
    Model old = trainer->checkpoint().value();
    std::erase_if(old.tensors, [](const Model::Tensor& tensor) { return tensor.name == "chart"; });
    old.notes["chart"] = Json::array();
    for (const ChartPoint& point : trainer->chart()) old.notes["chart"].push_back(to_json(point));
    for (const Model& model : {old, trainer->checkpoint().value()}) {
        const auto chart = checkpoint_from_model(model).value().chart;
        REQUIRE(chart.size() == 44);
        CHECK(chart.back().epoch == trainer->chart().back().epoch);
        CHECK(chart.back().loss == trainer->chart().back().loss);
        CHECK(chart.back().gradient_norm == trainer->chart().back().gradient_norm);
    }
}
