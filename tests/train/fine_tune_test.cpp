#include "train/fine_tune.h"
#include "train/evaluation.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "base/clock.h"
#include "train/evaluation.h"
#include "train/stripes.h"

using namespace digitlab;

namespace {

/// Images unlike those of `stripes`: class k is a vertical bar at position k.
Dataset columns(std::size_t rows) {
    Dataset data;
    for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t label = row % 10;
        data.labels.push_back(static_cast<std::uint8_t>(label));
        std::vector<std::uint8_t> picture(data.image_size(), 0);
        for (std::size_t y = 2; y < 26; ++y) picture[y * 28 + 2 * label + 4] = picture[y * 28 + 2 * label + 5] = 255;
        data.pixels.insert(data.pixels.end(), picture.begin(), picture.end());
    }
    return data;
}

ExperimentSpec tuning_spec(const char* architecture = "mlp") {
    ExperimentSpec spec = fine_tune_spec(*find_architecture(architecture), "r-0001");
    spec.augmentation = {};
    spec.batch_size = 16;
    spec.subset = 120;
    spec.validation_count = 40;
    spec.epochs = 3;
    spec.learning_rate = 0.002F;
    return spec;
}

std::shared_ptr<const Model> trained(ThreadPool& pool, const char* architecture = "mlp") {
    const auto trainer = Trainer::create(quick_spec(architecture, 3), stripes(), pool, monotonic_secs).value();
    while (!trainer->finished()) REQUIRE(trainer->step());
    return std::make_shared<const Model>(trainer->model());
}

Model tuned(const TrainingInput& input, const ExperimentSpec& spec, int threads) {
    ThreadPool pool(threads);
    const auto trainer = Trainer::create(spec, input, pool, monotonic_secs).value();
    while (!trainer->finished()) REQUIRE(trainer->step());
    return trainer->model();
}

std::multiset<std::vector<std::uint8_t>> pictures_of(const Dataset& data) {
    std::multiset<std::vector<std::uint8_t>> pictures;
    for (std::size_t row = 0; row < data.rows(); ++row) pictures.emplace(data.image(row).begin(), data.image(row).end());
    return pictures;
}

}  // namespace

TEST_CASE("a mixed training set holds known digits and copies of the new ones, and validates on neither") {
    // Make every image unique, so that it can be recognised.
    auto known = std::make_shared<Dataset>(*striped_rows(400));
    for (std::size_t row = 0; row < 400; ++row) {
        known->pixels[row * 784] = static_cast<std::uint8_t>(row % 200 + 1);
        known->pixels[row * 784 + 1] = static_cast<std::uint8_t>(row / 200 + 1);
    }
    const Dataset added = columns(10);
    const auto input = mix_in(added, {known, striped_rows(100)}, tuning_spec());
    REQUIRE(input);
    CHECK(input->data.train->rows() == 80 + 40);  // copies are a third
    CHECK(input->validation->rows() == 40);
    CHECK(input->data.test->rows() == 100);
    const auto all = pictures_of(*known), train = pictures_of(*input->data.train), validation = pictures_of(*input->validation),
               copied = pictures_of(added);
    for (const auto& picture : validation) {
        CHECK(all.contains(picture));
        CHECK_FALSE(train.contains(picture));
    }
    std::size_t known_rows = 0;
    for (const auto& picture : train) known_rows += all.contains(picture) ? 1 : 0;
    CHECK(known_rows == 80);
    for (const auto& picture : copied) CHECK(train.count(picture) == 4);
    // The rows are drawn from the whole set, not from its beginning.
    std::size_t late = 0;
    for (const auto& picture : train) late += all.contains(picture) && picture[1] == 2 ? 1 : 0;
    CHECK(late > 20);
}

TEST_CASE("fine-tuning a model teaches it new digits without losing the old ones") {
    ThreadPool pool(2);
    const auto start = trained(pool);
    const Dataset added = columns(20);
    const double before = evaluate_model(*start, added, pool)->accuracy;
    CHECK(before < 0.6);
    TrainingInput input = mix_in(added, stripes(), tuning_spec()).value();
    input.start = start;
    const Model after = tuned(input, tuning_spec(), 2);
    CHECK(evaluate_model(after, added, pool)->accuracy == 1);
    CHECK(evaluate_model(after, *striped_rows(100), pool)->accuracy > 0.97);
}

TEST_CASE("fine-tuning gives the same weights for any number of threads, and different ones from another start") {
    ThreadPool pool(2);
    for (const char* architecture : {"mlp", "small-cnn"}) {
        INFO(architecture);
        ExperimentSpec spec = tuning_spec(architecture);
        spec.epochs = 1;
        spec.augmentation = standard_augmentation(1);
        TrainingInput input = mix_in(columns(10), stripes(), spec).value();
        const Model fresh = tuned(input, spec, 1);
        input.start = trained(pool, architecture);
        const Model expected = tuned(input, spec, 1);
        CHECK(expected.tensors[0].values != fresh.tensors[0].values);
        for (const int threads : {2, 3, 8}) CHECK(weights_hash(tuned(input, spec, threads)) == weights_hash(expected));
    }
}

TEST_CASE("a run that starts from a model begins with exactly its weights") {
    ThreadPool pool(1);
    TrainingInput input(stripes());
    input.start = trained(pool);
    const auto trainer = Trainer::create(quick_spec("mlp"), input, pool, monotonic_secs).value();
    CHECK(weights_hash(trainer->model()) == weights_hash(*input.start));
    input.start = trained(pool, "softmax");
    CHECK(Trainer::create(quick_spec("mlp"), input, pool, monotonic_secs).error().code == "bad-model");
}

TEST_CASE("data that cannot be mixed is refused") {
    const ExperimentSpec spec = tuning_spec();
    CHECK(mix_in(columns(0), stripes(), spec).error().code == "bad-data");
    CHECK(mix_in(columns(3), {}, spec).error().code == "no-data");
    Dataset odd = columns(3);
    odd.labels[1] = 10;
    CHECK(mix_in(odd, stripes(), spec).error().code == "bad-data");
    odd = columns(4);
    odd.height = 14;
    CHECK(mix_in(odd, stripes(), spec).error().code == "bad-data");
    CHECK(mix_in(columns(3), stripes(100), spec).error().code == "bad-spec");
}
