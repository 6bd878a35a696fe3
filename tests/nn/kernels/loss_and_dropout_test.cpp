#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "nn/kernels/cross_entropy.h"
#include "nn/kernels/dropout.h"
#include "nn/random_values.h"

using namespace digitlab;

TEST_CASE("softmax cross-entropy matches the textbook formula") {
    for (const int classes : {2, 3, 10, 17}) {
        const std::size_t rows = 5, count = static_cast<std::size_t>(classes);
        auto logits = random_values(rows * count, 3);
        for (float& value : logits) value *= 8;
        const std::array<std::uint8_t, 5> labels = {0, 1, 1, 0, 1};
        std::vector<float> gradient(logits.size()), probabilities(logits.size());
        const BatchResult result = softmax_cross_entropy(logits, classes, labels, gradient);
        softmax(logits, classes, probabilities);
        double loss = 0;
        int correct = 0;
        for (std::size_t row = 0; row < rows; ++row) {
            double sum = 0;
            std::size_t best = 0;
            for (std::size_t i = 0; i < count; ++i) {
                sum += std::exp(static_cast<double>(logits[row * count + i]));
                if (logits[row * count + i] > logits[row * count + best]) best = i;
            }
            correct += best == labels[row] ? 1 : 0;
            for (std::size_t i = 0; i < count; ++i) {
                const double p = std::exp(static_cast<double>(logits[row * count + i])) / sum;
                const double wanted = i == labels[row] ? 1 : 0;
                CHECK(std::abs(static_cast<double>(probabilities[row * count + i]) - p) < 1e-6);
                CHECK(std::abs(static_cast<double>(gradient[row * count + i]) - (p - wanted) / 5) < 1e-6);
                if (i == labels[row]) loss -= std::log(p);
            }
        }
        CHECK(std::abs(result.loss_sum - loss) < 1e-5);
        CHECK(result.correct == correct);
        CHECK(result.rows == 5);
        const BatchResult without = softmax_cross_entropy(logits, classes, labels, {});
        CHECK(without.loss_sum == result.loss_sum);
        CHECK(without.correct == result.correct);
    }
}

TEST_CASE("softmax cross-entropy survives huge logits and reports NaN and infinity") {
    const std::array<std::uint8_t, 1> label = {1};
    const std::array<float, 2> huge = {1e30F, -1e30F};
    const BatchResult wrong = softmax_cross_entropy(huge, 2, label, {});
    CHECK(std::isfinite(wrong.loss_sum));
    CHECK(wrong.loss_sum > 1e30);
    for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        CHECK_FALSE(std::isfinite(softmax_cross_entropy(std::array{0.0F, bad}, 2, label, {}).loss_sum));
        CHECK_FALSE(std::isfinite(softmax_cross_entropy(std::array{bad, 0.0F}, 2, label, {}).loss_sum));
    }
}

TEST_CASE("dropout masks keep the mean and depend only on stream and position") {
    const DropoutStream stream = {42, 3, 1000};
    const std::size_t count = 100000;
    for (const float rate : {0.0F, 0.25F, 0.5F, 0.9F}) {
        std::vector<float> mask(count);
        make_dropout_mask(stream, rate, 0, count, mask.data());
        double sum = 0;
        for (const float value : mask) {
            REQUIRE((value == 0.0F || value == 1.0F / (1.0F - rate)));
            sum += static_cast<double>(value);
        }
        CHECK(std::abs(sum / static_cast<double>(count) - 1) < 0.03);

        std::vector<float> piece(101);
        make_dropout_mask(stream, rate, 5000, piece.size(), piece.data());
        CHECK(std::equal(piece.begin(), piece.end(), mask.begin() + 5000));
    }
    std::vector<float> one(1000), other(1000);
    make_dropout_mask(stream, 0.5F, 0, 1000, one.data());
    for (const DropoutStream& changed : {DropoutStream{43, 3, 1000}, DropoutStream{42, 4, 1000}, DropoutStream{42, 3, 1001},
                                         DropoutStream{42, 3, 1000 + (1ULL << 32)}}) {
        make_dropout_mask(changed, 0.5F, 0, 1000, other.data());
        CHECK(one != other);
    }
}
