// Whether training on corrections is worth it: on real digits that real people wrote with a pen.

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <iostream>

#include "base/clock.h"
#include "data/idx.h"
#include "data/prepare.h"
#include "predict/drawing.h"
#include "predict/pen_strokes.h"
#include "predict/predictor.h"
#include "train/fine_tune.h"

using namespace digitlab;

namespace {

Model trained(const ExperimentSpec& spec, TrainingInput input) {
    ThreadPool pool(2);
    const auto trainer = Trainer::create(spec, std::move(input), pool, monotonic_secs).value();
    while (!trainer->finished()) REQUIRE(trainer->step());
    return trainer->model();
}

void append(Dataset& to, const PenDigit& digit) {
    GreyImage grey = draw_pen_digit(digit, 300, 36).image();
    for (std::uint8_t& value : grey.ink) value = static_cast<std::uint8_t>(255 - value);
    const PreparedPicture picture = prepare_picture(grey);
    if (picture.digits.size() != 1) return;
    const auto pixels = bytes_of(picture.digits[0].pixels);
    to.pixels.insert(to.pixels.end(), pixels.begin(), pixels.end());
    to.labels.push_back(static_cast<std::uint8_t>(digit.label));
}

/// The first `count` pictures that the model gets wrong.
Dataset mistakes(const Model& model, const Dataset& data, std::size_t count) {
    Predictor predictor(monotonic_secs);
    REQUIRE(predictor.add("m", "m", model));
    Dataset wrong;
    for (std::size_t row = 0; row < data.rows() && wrong.rows() < count; ++row) {
        Drawing drawing;
        std::ranges::copy(data.image(row), drawing.pixels.begin());
        const auto answers = predictor.predict(pixels_of(drawing));
        REQUIRE(answers);
        if (answers->front().digit == data.labels[row]) continue;
        wrong.pixels.insert(wrong.pixels.end(), drawing.pixels.begin(), drawing.pixels.end());
        wrong.labels.push_back(data.labels[row]);
    }
    return wrong;
}

}  // namespace

TEST_CASE("forty corrections teach a model another hand and cost it little of MNIST", "[slow]") {
    const std::string path = DIGITLAB_SOURCE_DIR "/../shared/data/pendigits-orig.tra";
    if (!std::filesystem::exists(path)) SKIP("the pen digits are not at " << path);
    const DataPair mnist = read_mnist_folder(DIGITLAB_MNIST_DIR).value();
    const std::vector<PenDigit> digits = read_pen_digits(path);
    // Corrections come from the first half of the digits, the measurement from the second.
    Dataset own, others;
    for (std::size_t i = 0; i < digits.size() / 2; i += 4) append(own, digits[i]);
    for (std::size_t i = digits.size() / 2; i < digits.size(); i += 4) append(others, digits[i]);

    ThreadPool pool(2);
    for (const char* architecture : {"mlp", "two-pool-cnn"}) {
        ExperimentSpec first = default_spec(*find_architecture(architecture));
        first.epochs = 1;
        const Model start = trained(first, mnist);
        const Dataset corrections = mistakes(start, own, 40);
        const ExperimentSpec spec = fine_tune_spec(first.architecture, "start");
        TrainingInput input = mix_in(corrections, mnist, spec).value();
        input.start = std::make_shared<const Model>(start);
        const Model after = trained(spec, input);

        const auto accuracy = [&](const Model& model, const Dataset& data) {
            return evaluate_model(model, data, pool)->accuracy;
        };
        const double pen_before = accuracy(start, others), pen_after = accuracy(after, others);
        const double mnist_before = accuracy(start, *mnist.test), mnist_after = accuracy(after, *mnist.test);
        std::cout << architecture << ": " << corrections.rows() << " corrections " << accuracy(start, corrections) << " -> "
                  << accuracy(after, corrections) << ", other pen digits " << pen_before << " -> " << pen_after << ", MNIST "
                  << mnist_before << " -> " << mnist_after << '\n';
        CHECK(pen_after > pen_before + 0.01);
        CHECK(mnist_after > mnist_before - 0.005);
    }
}
