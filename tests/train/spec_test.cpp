#include "train/spec.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>

using namespace digitlab;

namespace {

Result<ExperimentSpec> read(const char* text) { return spec_from_json(parse_json(text).value()); }

}  // namespace

TEST_CASE("a spec has sensible defaults and survives a round trip through JSON") {
    const ExperimentSpec spec = read(R"({"architecture": "small-cnn"})").value();
    CHECK(check_spec(spec, 60000));
    CHECK(spec_from_json(to_json(spec)).value() == spec);
    CHECK(to_json(spec)["architecture"] == "small-cnn");

    ExperimentSpec custom = spec;
    custom.architecture.id = "mine";
    custom.architecture.layers[0].units = 4;
    custom.optimizer.kind = OptimizerKind::momentum;
    custom.seed = 18446744073709551615U;
    CHECK(spec_from_json(to_json(custom)).value() == custom);
}

TEST_CASE("every field is read") {
    const ExperimentSpec spec = read(R"({"architecture": "mlp", "epochs": 7, "batchSize": 32, "seed": 9, "optimizer": "sgd",
        "learningRate": 0.25, "validationCount": 1000, "subset": 5000, "schedule": "constant"})")
                                    .value();
    CHECK(spec.epochs == 7);
    CHECK(spec.batch_size == 32);
    CHECK(spec.seed == 9);
    CHECK(spec.optimizer.kind == OptimizerKind::sgd);
    CHECK(spec.learning_rate == 0.25F);
    CHECK(spec.validation_count == 1000);
    CHECK(spec.subset == 5000);
    CHECK(spec.schedule.kind == ScheduleKind::constant);
}

TEST_CASE("errors in a spec are reported") {
    CHECK(read("[]").error().code == "bad-spec");
    CHECK(read(R"({"architecture": "huge"})").error().code == "unknown-architecture");
    CHECK(read(R"({"learning_rate": 1})").error().message.find("learning_rate") != std::string::npos);
    CHECK(read(R"({"epochs": "three"})").error().code == "bad-spec");
    CHECK(read(R"({"epochs": 2.5})").error().code == "bad-spec");
    CHECK(read(R"({"epochs": 99999999999999})").error().code == "bad-spec");
    CHECK(read(R"({"seed": -1})").error().code == "bad-spec");
    CHECK_FALSE(read(R"({"optimizer": "magic"})"));
    CHECK_FALSE(read(R"({"schedule": "magic"})"));
    CHECK_FALSE(read(R"({"architecture": {"layers": 3}})"));
}

TEST_CASE("ranges are checked against the data") {
    const ExperimentSpec good = default_spec(*find_architecture("mlp"));
    const auto refused = [&](auto change) {
        ExperimentSpec spec = good;
        change(spec);
        const Status status = check_spec(spec, 60000);
        return !status && status.error().code == "bad-spec";
    };
    CHECK(refused([](ExperimentSpec& spec) { spec.epochs = 0; }));
    CHECK(refused([](ExperimentSpec& spec) { spec.epochs = 1001; }));
    CHECK(refused([](ExperimentSpec& spec) { spec.batch_size = 0; }));
    CHECK(refused([](ExperimentSpec& spec) { spec.batch_size = 1025; }));
    CHECK(refused([](ExperimentSpec& spec) { spec.subset = 60001; }));
    CHECK(refused([](ExperimentSpec& spec) { spec.subset = -1; }));
    CHECK(refused([](ExperimentSpec& spec) { spec.validation_count = 60000; }));
    CHECK(refused([](ExperimentSpec& spec) { spec.subset = spec.validation_count + 10; }));
    CHECK(refused([](ExperimentSpec& spec) { spec.learning_rate = 0; }));
    CHECK(refused([](ExperimentSpec& spec) { spec.learning_rate = 11; }));
    CHECK(refused([](ExperimentSpec& spec) { spec.learning_rate = std::numeric_limits<float>::quiet_NaN(); }));
    CHECK(refused([](ExperimentSpec& spec) { spec.learning_rate = std::numeric_limits<float>::infinity(); }));
}

TEST_CASE("a spec can start from a model, with gentle defaults, and take the architecture from it") {
    const auto spec = read(R"({"startFrom": "r-0007", "drawings": true, "epochs": 5})");
    REQUIRE(spec);
    CHECK(spec->start_from == "r-0007");
    CHECK(spec->drawings);
    CHECK(spec->epochs == 5);
    CHECK(spec->architecture.layers.empty());
    CHECK(spec->learning_rate == fine_tune_spec({}, "r-0007").learning_rate);
    CHECK(spec->learning_rate < default_spec(*find_architecture("mlp")).learning_rate);
    const auto named = read(R"({"architecture": "lenet-5", "startFrom": "r-0007"})");
    REQUIRE(named);
    CHECK(spec_from_json(to_json(*named)).value() == *named);
    CHECK_FALSE(to_json(default_spec(*find_architecture("mlp"))).contains("startFrom"));
    CHECK(read(R"({"startFrom": 7})").error().code == "bad-spec");
    CHECK(read(R"({"drawings": "all"})").error().code == "bad-spec");
}
