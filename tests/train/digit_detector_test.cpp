#include "train/digit_detector.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cstddef>
#include <span>
#include <vector>

#include "base/random.h"

using namespace digitlab;

namespace {

constexpr std::size_t features = 11;  // more than a vector's lanes, and no multiple of them

using Features = std::array<float, features>;

/// The features of a digit, or of another shape: they differ in two of the features, one of which is scaled and shifted.
Features example(RandomStream& random, bool digit) {
    Features all{};
    for (float& feature : all) feature = random.normal();
    all[2] += digit ? 2.0F : -2.0F;
    all[9] = 500 + 100 * (all[9] + (digit ? -2.0F : 2.0F));
    all[5] = 7;  // never changes
    return all;
}

Calibration trained(int digits, int others) {
    RandomStream random(1, RandomPurpose::sampling);
    DigitDetector detector(features);
    for (int i = 0; i < digits; ++i) detector.add_digit(example(random, true));
    for (int i = 0; i < others; ++i) detector.add_other(example(random, false));
    for (int i = 0; i < 1000; ++i) detector.add_known_digit(example(random, true));
    detector.standardise();
    for (std::size_t i = 0; i < DigitDetector::rounds; ++i) detector.improve();
    Calibration calibration;
    detector.write(calibration);
    return calibration;
}

double share_that_fits(const Calibration& calibration, bool digit) {
    RandomStream random(2, RandomPurpose::sampling);
    int fitting = 0;
    for (int i = 0; i < 2000; ++i) fitting += calibration.fits(example(random, digit)) ? 1 : 0;
    return fitting / 2000.0;
}

}  // namespace

TEST_CASE("a detector passes all but a few digits, and rejects most other shapes") {
    const Calibration calibration = trained(400, 400);
    REQUIRE(calibration.digit_weights.size() == features);
    CHECK(calibration.digit_weights[2] > 0);
    CHECK(calibration.digit_weights[9] < 0);
    CHECK(share_that_fits(calibration, true) > 0.98);
    CHECK(share_that_fits(calibration, false) < 0.1);
}

TEST_CASE("a detector weighs digits and other shapes equally, whatever their numbers") {
    const Calibration calibration = trained(60, 1200);
    CHECK(share_that_fits(calibration, true) > 0.98);
    CHECK(share_that_fits(calibration, false) < 0.15);
}

TEST_CASE("a feature that never changed in training does not decide when it does change") {
    const Calibration calibration = trained(400, 400);
    RandomStream random(3, RandomPurpose::sampling);
    Features digit = example(random, true);
    digit[5] = 8;
    CHECK(calibration.fits(digit));
}
