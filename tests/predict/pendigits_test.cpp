#include <catch2/catch_test_macros.hpp>
#include <filesystem>

#include "data/idx.h"
#include "predict/pen_strokes.h"
#include "predict/reading.h"
#include "train/trainer.h"

using namespace digitlab;

namespace {

/// A model of middling quality, in a second or so.
Model quickly_trained_model(const DataPair& mnist) {
    ExperimentSpec spec = default_spec(*find_architecture("mlp"));
    spec.epochs = 2;
    spec.subset = 12000;
    spec.validation_count = 0;
    ThreadPool pool(1);
    auto trainer = Trainer::create(spec, mnist, pool, monotonic_secs);
    REQUIRE(trainer);
    while (!(*trainer)->finished()) REQUIRE((*trainer)->step());
    return (*trainer)->model();
}

/// Share of digits answered rightly when drawn with this pen.
double accuracy(Predictor& predictor, const std::vector<PenDigit>& digits, float pen_diameter) {
    int right = 0, asked = 0;
    for (std::size_t i = 0; i < digits.size(); i += 25) {
        const auto reading = read_picture(predictor, draw_pen_digit(digits[i], 300, pen_diameter).image());
        REQUIRE(reading);
        right += reading->number == std::to_string(digits[i].label) ? 1 : 0;
        ++asked;
    }
    return static_cast<double>(right) / asked;
}

}  // namespace

// The whole path from strokes to answer, with digits of people who never saw MNIST. With 3 epochs on all of MNIST, pens from
// 24 to 48 canvas pixels give 89-90 % (mlp) and 92-94 % (small-cnn); 36 is best.
TEST_CASE("digits drawn with a pen are recognised") {
    const std::string path = DIGITLAB_SOURCE_DIR "/../shared/data/pendigits-orig.tra";
    if (!std::filesystem::exists(path)) SKIP("the pen digits are not at " << path);
    if (!std::filesystem::exists(DIGITLAB_MNIST_DIR)) SKIP("MNIST is not in " DIGITLAB_MNIST_DIR);
    const std::vector<PenDigit> digits = read_pen_digits(path);
    REQUIRE(digits.size() == 7494);
    const auto mnist = read_mnist_folder(DIGITLAB_MNIST_DIR);
    REQUIRE(mnist);
    Predictor predictor(monotonic_secs);
    REQUIRE(predictor.add("mlp", "mlp", quickly_trained_model(*mnist)));
    CHECK(accuracy(predictor, digits, 12) > 0.75);
    CHECK(accuracy(predictor, digits, 36) > 0.8);
    CHECK(accuracy(predictor, digits, 56) > 0.75);
}
