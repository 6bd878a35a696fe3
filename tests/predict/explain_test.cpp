#include "predict/explain.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "base/random.h"
#include "nn/model_file.h"

using namespace digitlab;

namespace {

Network network_of(const char* architecture, int capacity, ThreadPool& pool) {
    Network network = Network::create(*find_architecture(architecture), capacity, NetworkUse::inference, pool).value();
    network.initialise(5);
    return network;
}

/// A vertical bar and a horizontal one.
DigitPixels cross() {
    DigitPixels pixels{};
    for (std::size_t i = 4; i < 24; ++i) pixels[i * 28 + 10] = pixels[i * 28 + 11] = pixels[18 * 28 + i] = 1;
    return pixels;
}

std::vector<double> probabilities(Network& network, const DigitPixels& pixels) {
    std::ranges::copy(pixels, network.input().begin());
    network.forward(1);
    return {network.probabilities().begin(), network.probabilities().end()};
}

OcclusionMap finished_map(const DigitPixels& pixels, Network& network) {
    OcclusionMap map(pixels);
    while (!map.finished()) map.step(network);
    return map;
}

std::shared_ptr<const Dataset> random_pictures(std::size_t rows) {
    auto data = std::make_shared<Dataset>();
    RandomStream random(3, RandomPurpose::sampling);
    for (std::size_t row = 0; row < rows; ++row) {
        data->labels.push_back(static_cast<std::uint8_t>(row % 10));
        for (std::size_t i = 0; i < data->image_size(); ++i)
            data->pixels.push_back(static_cast<std::uint8_t>(random.below(256)));
    }
    return data;
}

}  // namespace

TEST_CASE("the occlusion map matches removing each square by hand") {
    ThreadPool pool(1);
    for (const int capacity : {1, 7, 64}) {
        Network network = network_of("small-cnn", capacity, pool);
        const DigitPixels whole = cross();
        const OcclusionMap map = finished_map(whole, network);
        Network asked = network_of("small-cnn", 1, pool);
        const auto before = probabilities(asked, whole);
        CHECK(std::abs(map.probability(3) - static_cast<float>(before[3])) < 1e-6F);
        double lowest = before[3];
        for (const int place : {0, 12 * 28 + 10, 18 * 28 + 5, 27 * 28 + 27, 2 * 28 + 9, 18 * 28 + 23}) {
            DigitPixels reduced = whole;
            for (int y = 0; y < 28; ++y) {
                for (int x = 0; x < 28; ++x) {
                    if (std::abs(x - place % 28) <= 2 && std::abs(y - place / 28) <= 2)
                        reduced[static_cast<std::size_t>(y * 28 + x)] = 0;
                }
            }
            const auto after = probabilities(asked, reduced);
            lowest = std::min(lowest, after[3]);
            for (const int digit : {0, 3}) {
                const auto index = static_cast<std::size_t>(digit);
                const double expected = std::log(before[index]) - std::log(after[index]);
                INFO(place << " " << digit);
                CHECK(std::abs(static_cast<double>(map.effect(digit)[static_cast<std::size_t>(place)]) - expected) < 1e-5);
            }
        }
        CHECK(static_cast<double>(map.lowest_probability(3)) <= lowest + 1e-6);
    }
}

TEST_CASE("when an answer depends on one region, the map shows only that region, with the right sign") {
    ThreadPool pool(1);
    Network network = network_of("softmax", 32, pool);
    for (const Parameter& parameter : network.parameters()) std::ranges::fill(parameter.value, 0.0F);
    // Ink in the square from (8, 8) to (12, 12) speaks for class 4.
    std::vector<float> weights(784 * 10, 0);
    for (std::size_t y = 8; y <= 12; ++y) {
        for (std::size_t x = 8; x <= 12; ++x) weights[4 * 784 + y * 28 + x] = 1;
    }
    set_from_standard_order(network.parameters()[0], weights);
    const OcclusionMap map = finished_map(cross(), network);
    const auto for_four = map.effect(4), for_five = map.effect(5);
    for (int place = 0; place < digit_pixels; ++place) {
        // The ink in that square is the vertical bar in columns 10 and 11 and rows 8 to 12.
        const int x = place % 28, y = place / 28;
        const bool covers = x >= 8 && x <= 13 && y >= 6 && y <= 14;
        INFO(x << " " << y);
        CHECK((for_four[static_cast<std::size_t>(place)] > 1e-4F) == covers);
        CHECK((for_five[static_cast<std::size_t>(place)] < -1e-4F) == covers);
        if (!covers) CHECK(std::abs(for_four[static_cast<std::size_t>(place)]) < 1e-5F);
    }
}

TEST_CASE("the map of a blank picture shows no effect, and every step makes progress") {
    ThreadPool pool(1);
    Network network = network_of("mlp", 16, pool);
    const OcclusionMap blank = finished_map(DigitPixels{}, network);
    CHECK(blank.probability(0) > 0);
    CHECK(std::ranges::all_of(blank.effect(0), [](float effect) { return effect == 0; }));
    OcclusionMap map(cross());
    CHECK(map.probability(0) == 0);
    double last = 0;
    while (!map.finished()) {
        map.step(network);
        CHECK(map.share_done() > last);
        last = map.share_done();
    }
    CHECK(last == 1);
}

TEST_CASE("the nearest training images match a brute-force search in the penultimate layer") {
    ThreadPool pool(1);
    const auto data = random_pictures(300);
    for (const char* architecture : {"softmax", "mlp", "lenet-5"}) {
        INFO(architecture);
        Network network = network_of(architecture, 32, pool);
        FeatureIndex index(data, network.feature_count());
        while (!index.finished()) index.step(network);
        CHECK(index.rows_done() == 300);

        // The features of each image alone; for softmax regression they are the pixels.
        Network one = network_of(architecture, 1, pool);
        const auto features_of = [&](std::size_t row) {
            DigitPixels pixels;
            std::ranges::transform(data->image(row), pixels.begin(),
                                   [](std::uint8_t ink) { return static_cast<float>(ink) / 255; });
            (void)probabilities(one, pixels);
            return std::vector<float>(one.features().begin(), one.features().end());
        };
        if (std::string_view(architecture) == "softmax") CHECK(features_of(0).size() == 784);
        const auto wanted = features_of(77);
        std::vector<std::pair<double, std::size_t>> distances;
        for (std::size_t row = 0; row < 300; ++row) {
            const auto features = features_of(row);
            double sum = 0;
            for (std::size_t i = 0; i < features.size(); ++i)
                sum += std::pow(static_cast<double>(features[i]) - static_cast<double>(wanted[i]), 2.0);
            distances.emplace_back(std::sqrt(sum), row);
        }
        std::ranges::sort(distances);
        const auto nearest = index.nearest(wanted, 5);
        REQUIRE(nearest.size() == 5);
        CHECK(nearest[0].row == 77);
        for (std::size_t i = 0; i < 5; ++i) {
            CHECK(nearest[i].row == distances[i].second);
            CHECK(std::abs(static_cast<double>(nearest[i].distance) - distances[i].first) < 1e-3 + 1e-3 * distances[i].first);
        }
    }
}

TEST_CASE("an index samples evenly, answers before it is finished and stays within its memory limit") {
    ThreadPool pool(1);
    Network network = network_of("mlp", 8, pool);
    const auto data = random_pictures(100);
    FeatureIndex index(data, network.feature_count(), 20);
    CHECK(index.rows() == 20);
    CHECK(index.nearest(std::vector<float>(network.feature_count()), 5).empty());
    index.step(network);
    CHECK(index.rows_done() == 8);
    while (!index.finished()) index.step(network);
    const auto all = index.nearest(std::vector<float>(network.feature_count()), 50);
    CHECK(all.size() == 20);
    for (const Neighbour& one : all) CHECK(one.row % 5 == 0);
    CHECK(FeatureIndex(data, std::size_t{1} << 22).rows() == 4);
}
