// Which shapes the page's own model takes for digits.

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <string_view>

#include "data/idx.h"
#include "data/other_shapes.h"
#include "predict/champion.h"
#include "predict/reading.h"

using namespace digitlab;

namespace {

/// The share of `count` random shapes, of those whose names `wanted` accepts, that are not read as digits.
template <class Wanted>
double share_refused(int count, Wanted&& wanted) {
    const auto predictor = predictor_with_champion();
    RandomStream random(99, RandomPurpose::sampling);
    int refused = 0;
    for (int i = 0; i < count; ++i) {
        OtherShape shape = draw_other_shape(random);
        while (!wanted(shape.name)) shape = draw_other_shape(random);
        const auto reading = read_picture(*predictor, shape.canvas.image());
        REQUIRE(reading);
        refused += reading->number.find_first_of("0123456789") == std::string::npos ? 1 : 0;
    }
    return static_cast<double>(refused) / count;
}

}  // namespace

// Measured: 0.5 % of all.
TEST_CASE("hardly any MNIST digit is refused") {
    const auto mnist = read_mnist_folder(DIGITLAB_MNIST_DIR);
    if (!mnist) SKIP("no MNIST: " << mnist.error().message);
    const auto predictor = predictor_with_champion();
    int refused = 0;
    for (std::size_t row = 0; row < 2000; ++row) {
        DigitPixels pixels{};
        for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<float>(mnist->test->image(row)[i]) / 255.0F;
        refused += predictor->predict(pixels)->front().fits ? 0 : 1;
    }
    INFO(refused << " of 2000");
    CHECK(refused < 20);
}

TEST_CASE("most letters, scribbles and filled boxes are not read as digits") {
    const double of_letters = share_refused(60, [](const std::string& name) {
        return name.size() == 1 && std::string_view("AEFHKMNRTVWX").find(name) != std::string_view::npos;
    });
    const double of_scribbles = share_refused(30, [](const std::string& name) { return name == "scribble"; });
    const double of_boxes = share_refused(30, [](const std::string& name) { return name == "filled box"; });
    INFO("refused: letters " << of_letters << ", scribbles " << of_scribbles << ", filled boxes " << of_boxes);
    CHECK(of_letters > 0.8);
    CHECK(of_scribbles > 0.6);
    CHECK(of_boxes > 0.6);
}

TEST_CASE("a blank picture holds no digits") {
    const auto predictor = predictor_with_champion();
    const auto reading = read_picture(*predictor, InkCanvas().image());
    REQUIRE(reading);
    CHECK(reading->digits.empty());
    CHECK(reading->number.empty());
}
