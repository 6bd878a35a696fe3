#include "train/sweep.h"

#include <catch2/catch_test_macros.hpp>
#include <set>

using namespace digitlab;

namespace {

Result<Sweep> read_sweep(const char* text) { return sweep_from_json(parse_json(text).value()); }

std::string problem(const char* text) {
    const auto sweep = read_sweep(text);
    if (!sweep) return sweep.error().message;
    const auto trials = trials_of(*sweep);
    return trials ? "" : trials.error().message;
}

std::vector<EpochMetrics> course(std::initializer_list<double> accuracies) {
    std::vector<EpochMetrics> epochs;
    for (const double accuracy : accuracies) {
        EpochMetrics epoch;
        epoch.epoch = static_cast<int>(epochs.size()) + 1;
        epoch.validation_accuracy = accuracy;
        epochs.push_back(epoch);
    }
    return epochs;
}

}  // namespace

TEST_CASE("a grid has every combination, with the last field changing fastest") {
    const auto trials =
        trials_of(read_sweep(R"({"base": {"architecture": "softmax", "epochs": 1}, "vary": {"learningRate": [0.1, 0.01],
        "batchSize": [16, 32, 64]}})")
                      .value())
            .value();
    REQUIRE(trials.size() == 6);
    CHECK(dump_json(trials[0].values) == R"({"learningRate":0.1,"batchSize":16})");
    CHECK(dump_json(trials[1].values) == R"({"learningRate":0.1,"batchSize":32})");
    CHECK(dump_json(trials[5].values) == R"({"learningRate":0.01,"batchSize":64})");
    CHECK(trials[5].spec.batch_size == 64);
    CHECK(trials[5].spec.architecture.id == "softmax");
}

TEST_CASE("a random search draws from lists and ranges, always the same values for the same seed") {
    const auto sweep =
        read_sweep(R"({"search": "random", "runs": 40, "seed": 3, "vary": {"learningRate": {"from": 0.0001, "to": 0.1,
        "scale": "log"}, "batchSize": {"from": 16, "to": 128}, "optimizer": ["adam", "sgd"], "optimizer.weightDecay": [0, 0.01]}})")
            .value();
    const auto trials = trials_of(sweep).value();
    REQUIRE(trials.size() == 40);
    std::set<std::string> different;
    int small = 0;
    for (const SweepTrial& trial : trials) {
        different.insert(dump_json(trial.values));
        const double rate = trial.values["learningRate"].get<double>();
        CHECK((rate >= 0.0000999 && rate <= 0.1001));
        if (rate < 0.00316) ++small;  // half of the range on a logarithmic scale
        CHECK((trial.spec.batch_size >= 16 && trial.spec.batch_size <= 128));
        CHECK(trial.spec.optimizer.weight_decay == trial.values["optimizer.weightDecay"].get<float>());
    }
    CHECK(different.size() == 40);
    CHECK((small > 10 && small < 30));
    const auto again = trials_of(sweep).value();
    for (std::size_t i = 0; i < 40; ++i) CHECK(again[i].values == trials[i].values);
}

TEST_CASE("an invalid sweep is refused with the reason") {
    CHECK(problem("[]") != "");
    CHECK(problem("{}").find("vary") != std::string::npos);
    CHECK(problem(R"({"vary": {}})").find("vary") != std::string::npos);
    CHECK(problem(R"({"vary": {"epochs": []}})").find("no values") != std::string::npos);
    CHECK(problem(R"({"vary": {"epochs": {"from": 1, "to": 5}}})").find("random") != std::string::npos);
    CHECK(problem(R"({"search": "random", "vary": {"epochs": [1]}})").find("\"runs\"") != std::string::npos);
    CHECK(problem(R"({"search": "random", "runs": 3, "vary": {"learningRate": {"from": 0, "to": 1, "scale": "log"}}})") != "");
    CHECK(problem(R"({"vary": {"epoch": [1, 2]}})").find("\"epoch\"") != std::string::npos);
    CHECK(problem(R"({"vary": {"epochs": [1, "two"]}})").find("two") != std::string::npos);
    CHECK(problem(R"({"typo": 1, "vary": {"epochs": [1]}})").find("typo") != std::string::npos);
    std::string many = R"({"vary": {"seed": [1)";
    for (int i = 2; i <= 40; ++i) many += "," + std::to_string(i);
    many += "], \"batchSize\": [1";
    for (int i = 2; i <= 40; ++i) many += "," + std::to_string(i);
    CHECK(problem((many + "]}}").c_str()).find("1000") != std::string::npos);
}

TEST_CASE("a run is compared with the median of the others once three have come as far") {
    const std::vector<std::vector<EpochMetrics>> others = {course({0.8, 0.9}), course({0.7, 0.85}), course({0.6, 0.7})};
    CHECK(is_below_median(course({0.5}), others));
    CHECK_FALSE(is_below_median(course({0.75}), others));
    CHECK_FALSE(is_below_median(course({0.7}), others));
    CHECK(is_below_median(course({0.75, 0.8}), others));            // 0.85 is the median of the second epoch
    CHECK_FALSE(is_below_median(course({0.86, 0.1}), others));      // it has been better
    CHECK_FALSE(is_below_median(course({0.1, 0.1, 0.1}), others));  // none has come as far
    CHECK_FALSE(is_below_median(course({0.1}), {others[0], others[1]}));
}
