#include "train/calibrator.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/random.h"
#include "data/idx.h"
#include "data/split.h"
#include "train/batch.h"
#include "train/trainer.h"

using namespace digitlab;

namespace {

/// Logits whose softmax at temperature 1 is the true probability of each label.
struct Honest {
    std::vector<float> logits;
    std::vector<std::uint8_t> labels;
};

Honest honest_logits(std::size_t rows) {
    RandomStream random(3, RandomPurpose::sampling);
    Honest made;
    std::vector<float> probabilities(10);
    for (std::size_t row = 0; row < rows; ++row) {
        for (int i = 0; i < 10; ++i) made.logits.push_back(2 * random.normal());
        calibrated_softmax(std::span(made.logits).last(10), 1, probabilities);
        float chance = random.uniform();
        std::uint8_t label = 0;
        while (label < 9 && chance >= probabilities[label]) chance -= probabilities[label++];
        made.labels.push_back(label);
    }
    return made;
}

}  // namespace

TEST_CASE("the temperature corrects overconfidence and leaves honest confidence unchanged") {
    Honest made = honest_logits(4000);
    CHECK(std::abs(fit_temperature(made.logits, made.labels) - 1) < 0.06);
    CHECK(expected_calibration_error(made.logits, made.labels, 1) < 0.03);
    for (float& logit : made.logits) logit *= 3;
    CHECK(std::abs(fit_temperature(made.logits, made.labels) - 3) < 0.15);
    CHECK(expected_calibration_error(made.logits, made.labels, 1) > 0.1);
    CHECK(expected_calibration_error(made.logits, made.labels, 3) < 0.03);
}

TEST_CASE("the expected calibration error matches its definition") {
    // Two answers at 0.75: if both are correct, the error is 0.25; if one is correct, it is 0.25 in the other direction.
    const auto logit = static_cast<float>(std::log(3.0));
    const std::vector<float> logits = {logit, 0, logit, 0};
    CHECK(std::abs(expected_calibration_error(logits, std::vector<std::uint8_t>{0, 0}, 1) - 0.25) < 1e-6);
    CHECK(std::abs(expected_calibration_error(logits, std::vector<std::uint8_t>{0, 1}, 1) - 0.25) < 1e-6);
}

TEST_CASE("training ends with a calibration in the model's notes, which makes confidence more honest") {
    const auto mnist = read_mnist_folder(DIGITLAB_MNIST_DIR);
    if (!mnist) SKIP("no MNIST: " << mnist.error().message);
    ExperimentSpec spec = default_spec(*find_architecture("mlp"));
    spec.epochs = 12;
    spec.subset = 3000;
    spec.validation_count = 1000;
    ThreadPool pool(1);
    auto trainer = Trainer::create(spec, *mnist, pool, monotonic_secs).value();
    while (!trainer->finished()) REQUIRE(trainer->step());
    const Model model = trainer->model();
    const auto calibration = calibration_of(model.notes);
    REQUIRE(calibration);
    CHECK(calibration->temperature > 1);
    CHECK(calibration->digit_weights.size() == 128);
    CHECK(std::abs(calibration->validation_accuracy - trainer->epochs().back().validation_accuracy) < 1e-9);

    auto network = network_from_model(model, 1000, pool);
    REQUIRE(network);
    std::vector<float> logits;
    std::vector<std::uint32_t> rows(1000);
    for (std::uint32_t first = 0; first < 10000; first += 1000) {
        for (std::uint32_t i = 0; i < 1000; ++i) rows[i] = first + i;
        gather_images(*mnist->test, rows, network->input(), pool);
        network->forward(1000);
        logits.insert(logits.end(), network->logits().begin(), network->logits().end());
    }
    const double before = expected_calibration_error(logits, mnist->test->labels, 1);
    const double after = expected_calibration_error(logits, mnist->test->labels, calibration->temperature);
    INFO("expected calibration error before " << before << ", after " << after << ", temperature " << calibration->temperature);
    CHECK(after < before);
    CHECK(after < 0.02);

    const auto again = calibrate_model(model, *mnist->train, split_rows(60000, 1000, spec.seed).validation, pool);
    REQUIRE(again);
    CHECK(again->temperature == calibration->temperature);
}

TEST_CASE("without validation data the calibration is the default") {
    ThreadPool pool(1);
    auto network = Network::create(*find_architecture("softmax"), 8, NetworkUse::inference, pool);
    REQUIRE(network);
    const Dataset none;
    Calibrator calibrator(*network, none, {}, pool);
    CHECK(calibrator.finished());
    CHECK(calibrator.result().temperature == 1);
    CHECK(calibrator.result().fits(network->features()));
}

TEST_CASE("a calibration survives a round trip through JSON, and a broken one is refused") {
    Calibration made{1.5, 0.99, {1.0F, -2.0F}, 0.5F};
    const auto read = calibration_from_json(to_json(made));
    REQUIRE(read);
    CHECK(read->temperature == 1.5);
    CHECK(read->digit_weights == made.digit_weights);
    CHECK(read->fits(std::vector<float>{0.0F, 0.25F}));
    CHECK_FALSE(read->fits(std::vector<float>{0.0F, 0.26F}));
    CHECK(calibration_from_json({{"temperature", 0}}).error().code == "bad-model");
    CHECK(calibration_from_json({{"temperature", "warm"}}).error().code == "bad-model");
    CHECK(calibration_from_json({{"digitWeights", {1, "two"}}}).error().code == "bad-model");
    CHECK(calibration_of(Json::object())->temperature == 1);
}
