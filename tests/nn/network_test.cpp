#include "nn/network.h"

#include <algorithm>
#include <bit>
#include <catch2/catch_test_macros.hpp>
#include <utility>

#include "nn/model_file.h"
#include "nn/naive_network.h"
#include "nn/optimizer.h"
#include "nn/random_values.h"

using namespace digitlab;

namespace {

Architecture from_layers(const char* layers) {
    return architecture_from_json(parse_json(std::string(R"({"layers": )") + layers + "}").value()).value();
}

/// Small networks that together cover every kind of layer, activation and odd size.
const std::vector<const char*> small_networks = {
    R"([{"type": "dense", "units": 10}])",
    R"([{"type": "dense", "units": 17, "activation": "sigmoid"}, {"type": "dense", "units": 3}])",
    R"([{"type": "dense", "units": 32, "activation": "leaky-relu"}, {"type": "dropout", "rate": 0.5}, {"type": "dense", "units": 16, "activation": "tanh"},
        {"type": "dense", "units": 10}])",
    R"([{"type": "conv", "filters": 5, "kernel": 3, "activation": "relu"}, {"type": "max-pool", "size": 2}, {"type": "dense", "units": 10}])",
    R"([{"type": "max-pool", "size": 3}, {"type": "conv", "filters": 16, "kernel": 2, "activation": "leaky-relu"},
        {"type": "conv", "filters": 7, "kernel": 3, "padding": 1, "activation": "tanh"}, {"type": "dense", "units": 4}])",
    R"([{"type": "average-pool", "size": 4}, {"type": "conv", "filters": 3, "kernel": 5, "padding": 4, "activation": "sigmoid"},
        {"type": "max-pool", "size": 2}, {"type": "dropout", "rate": 0.25}, {"type": "conv", "filters": 17, "kernel": 1},
        {"type": "average-pool", "size": 3}, {"type": "dense", "units": 2}])",
    R"([{"type": "max-pool", "size": 4}, {"type": "conv", "filters": 18, "kernel": 3, "padding": 1}, {"type": "batch-norm", "activation": "relu"},
        {"type": "conv", "filters": 18, "kernel": 3, "padding": 1}, {"type": "batch-norm"}, {"type": "add", "from": 3, "activation": "leaky-relu"},
        {"type": "conv", "filters": 18, "kernel": 1, "activation": "sigmoid"}, {"type": "add", "from": 3}, {"type": "add", "from": 6, "activation": "tanh"},
        {"type": "average-pool", "size": 7}, {"type": "dense", "units": 9}, {"type": "batch-norm", "activation": "tanh"}, {"type": "dense", "units": 3}])",
    R"([{"type": "average-pool", "size": 7}, {"type": "batch-norm"}, {"type": "dense", "units": 5}])",
};

void fill_input(Network& network, int rows) {
    const auto values = random_values(static_cast<std::size_t>(rows) * 784, 77);
    for (std::size_t i = 0; i < values.size(); ++i) network.input()[i] = values[i] < 0 ? 0.0F : values[i];
}

/// Sets biases other than zero, so that they are tested and no rectifier is exactly at its corner on empty paper.
void spread_biases(Network& network) {
    for (Parameter& parameter : network.parameters()) {
        if (parameter.shape.size() > 1) continue;
        std::ranges::copy(random_values(parameter.value.size(), 4), parameter.value.begin());
        if (parameter.name.ends_with("variance")) {
            for (float& value : parameter.value) value = 1.5F + value;
        }
    }
}

std::vector<std::uint8_t> make_labels(int rows, int classes) {
    std::vector<std::uint8_t> labels;
    for (int i = 0; i < rows; ++i) labels.push_back(static_cast<std::uint8_t>(i * 7 % classes));
    return labels;
}

std::vector<naive::Values> naive_parameters(const Network& network) {
    std::vector<naive::Values> all;
    for (const Parameter& parameter : network.parameters()) {
        const auto values = standard_order(parameter, parameter.value);
        all.emplace_back(values.begin(), values.end());
    }
    return all;
}

naive::Batch naive_batch(Network& network, const std::vector<std::uint8_t>& labels) {
    naive::Batch batch;
    batch.labels = labels;
    for (std::size_t row = 0; row < labels.size(); ++row) {
        const auto image = network.input().subspan(row * 784, 784);
        batch.images.emplace_back(image.begin(), image.end());
    }
    return batch;
}

}  // namespace

TEST_CASE("logits equal the naive network's, for any number of rows") {
    ThreadPool pool(2);
    for (const char* layers : small_networks) {
        INFO(layers);
        const Architecture architecture = from_layers(layers);
        for (const int rows : {1, 2, 5, 19}) {
            auto network = Network::create(architecture, 19, NetworkUse::inference, pool).value();
            network.initialise(5);
            spread_biases(network);
            for (const Parameter& parameter : network.parameters()) CHECK(parameter.gradient.empty());
            fill_input(network, rows);
            network.forward(rows);
            const auto parameters = naive_parameters(network);
            auto batch = naive_batch(network, make_labels(rows, network.classes()));
            batch.training = false;
            const auto all_expected = naive::logits(architecture, parameters, batch);
            for (std::size_t row = 0; row < batch.images.size(); ++row) {
                const auto& expected = all_expected[row];
                for (std::size_t i = 0; i < expected.size(); ++i) {
                    REQUIRE(std::abs(static_cast<double>(network.logits()[row * expected.size() + i]) - expected[i]) < 1e-4);
                }
            }
            CHECK(std::abs(network.evaluate(batch.labels).loss_sum / rows - naive::loss(architecture, parameters, batch)) <
                  1e-4);
        }
    }
}

namespace {

/// Compares the gradients of all layers after the first `frozen` with finite differences of the naive network's loss.
void check_gradients(const char* layers, int frozen, ThreadPool& pool) {
    INFO(layers << ", frozen: " << frozen);
    const int rows = 3;
    // Normalising three values magnifies earlier rounding errors.
    const double tolerance = std::string(layers).find("batch-norm") == std::string::npos ? 2e-6 : frozen == 0 ? 5e-5 : 2e-4;
    const Architecture architecture = from_layers(layers);
    auto network = Network::create(architecture, 4, NetworkUse::training, pool).value();
    network.initialise(11);
    spread_biases(network);
    network.freeze(frozen);
    fill_input(network, rows);
    auto parameters = naive_parameters(network);
    auto batch = naive_batch(network, make_labels(rows, network.classes()));
    batch.frozen = static_cast<std::size_t>(frozen);
    batch.seed = 21;
    batch.step = 34;
    const BatchResult result = network.train_batch(batch.labels, batch.seed, batch.step);
    CHECK(std::abs(result.loss_sum / rows - naive::loss(architecture, parameters, batch)) < 1e-4);

    for (std::size_t p = 0; p < parameters.size(); ++p) {
        const Parameter& parameter = network.parameters()[p];
        INFO(parameter.name);
        if (std::stoi(parameter.name) <= frozen) {
            CHECK(std::ranges::equal(standard_order(parameter, parameter.value), parameters[p],
                                     [](float now, double before) { return static_cast<double>(now) == before; }));
            continue;
        }
        if (!parameter.trained) continue;
        const auto gradient = standard_order(parameter, parameter.gradient);
        const std::size_t stride = std::max<std::size_t>(1, gradient.size() / 12);
        for (std::size_t i = 0; i < gradient.size(); i += stride) {
            const double value = parameters[p][i], step = 1e-6;
            parameters[p][i] = value + step;
            const double above = naive::loss(architecture, parameters, batch);
            parameters[p][i] = value - step;
            const double below = naive::loss(architecture, parameters, batch);
            parameters[p][i] = value;
            const double expected = (above - below) / (2 * step);
            REQUIRE(std::abs(static_cast<double>(gradient[i]) - expected) < tolerance + 2e-4 * std::abs(expected));
        }
    }
}

}  // namespace

TEST_CASE("gradients match finite differences") {
    ThreadPool pool(3);
    for (const char* layers : small_networks) check_gradients(layers, 0, pool);
}

TEST_CASE("frozen layers work as in inference, and the gradients after them are correct") {
    ThreadPool pool(3);
    for (const char* layers : small_networks) {
        const int count = static_cast<int>(from_layers(layers).layers.size());
        for (int frozen = 1; frozen < count; frozen += std::max(1, count / 5)) check_gradients(layers, frozen, pool);
    }
}

namespace {

/// The weights after a few steps, the last ones on smaller batches.
std::vector<std::vector<float>> train_a_little(const Architecture& architecture, int threads) {
    ThreadPool pool(threads);
    auto network = Network::create(architecture, 20, NetworkUse::training, pool).value();
    network.initialise(3);
    Optimizer optimizer(OptimizerSpec{}, std::as_const(network).parameters());
    for (const int rows : {20, 20, 7, 1}) {
        fill_input(network, rows);
        network.train_batch(make_labels(rows, network.classes()), 3, optimizer.steps());
        optimizer.step(network.parameters(), 0.01F, pool);
    }
    std::vector<std::vector<float>> weights;
    for (const Parameter& parameter : network.parameters())
        weights.emplace_back(parameter.value.begin(), parameter.value.end());
    return weights;
}

}  // namespace

TEST_CASE("networks: one seed gives the same weights for any number of threads") {
    for (const char* id : {"mlp", "two-pool-cnn", "lenet-5", "resnet"}) {
        INFO(id);
        const Architecture architecture = find_architecture(id).value();
        const auto expected = train_a_little(architecture, 1);
        for (int threads = 2; threads <= 8; ++threads) REQUIRE(train_a_little(architecture, threads) == expected);
    }
}

TEST_CASE("the weights after a few steps are these bits in every build") {
    std::uint32_t hash = 2166136261U;
    for (const char* id : {"mlp", "two-pool-cnn", "lenet-5", "resnet"}) {
        for (const auto& tensor : train_a_little(find_architecture(id).value(), 2)) {
            for (const float value : tensor) hash = (hash ^ std::bit_cast<std::uint32_t>(value)) * 16777619U;
        }
    }
    CHECK(hash == 0xb590a617U);
}

TEST_CASE("rows beyond the batch change nothing") {
    ThreadPool pool(1);
    for (const char* layers : small_networks) {
        const Architecture architecture = from_layers(layers);
        const auto run = [&](int capacity, float rest) {
            auto network = Network::create(architecture, capacity, NetworkUse::training, pool).value();
            network.initialise(1);
            std::ranges::fill(network.input(), rest);
            fill_input(network, 3);
            network.train_batch(make_labels(3, network.classes()), 1, 0);
            std::vector<float> all(network.logits().begin(), network.logits().end());
            for (const Parameter& parameter : network.parameters())
                all.insert(all.end(), parameter.gradient.begin(), parameter.gradient.end());
            return all;
        };
        CHECK(run(17, 1e30F) == run(17, 0.0F));
    }
}

TEST_CASE("a network gives the same logits after saving and loading") {
    ThreadPool pool(2);
    for (const Architecture& architecture : catalogue()) {
        INFO(architecture.id);
        auto network = Network::create(architecture, 3, NetworkUse::training, pool).value();
        network.initialise(9);
        fill_input(network, 3);
        network.forward(3);
        auto loaded = network_from_model(decode_model(encode_model(model_from_network(network))).value(), 5, pool).value();
        fill_input(loaded, 3);
        loaded.forward(3);
        CHECK(std::ranges::equal(network.logits(), loaded.logits()));
    }
}

TEST_CASE("impossible networks are errors") {
    ThreadPool pool(1);
    const auto code = [&](const Architecture& architecture, int capacity) {
        const auto made = Network::create(architecture, capacity, NetworkUse::training, pool);
        return made ? std::string() : made.error().code;
    };
    const Architecture mlp = find_architecture("mlp").value();
    CHECK(code(mlp, 0) == "bad-batch");
    CHECK(code(mlp, -5) == "bad-batch");
    CHECK(code(mlp, 2000000000) == "bad-batch");
    CHECK(code(Architecture{}, 1) == "bad-architecture");
}

TEST_CASE("initial weights have the variance of their initialiser") {
    ThreadPool pool(1);
    auto network = Network::create(find_architecture("mlp").value(), 1, NetworkUse::inference, pool).value();
    network.initialise(8);
    const auto spread = [](std::span<const float> values) {
        double squares = 0;
        for (const float value : values) squares += static_cast<double>(value) * static_cast<double>(value);
        return squares / static_cast<double>(values.size());
    };
    const auto parameters = network.parameters();
    CHECK(std::abs(spread(parameters[0].value) / (2.0 / 784) - 1) < 0.05);
    CHECK(std::abs(spread(parameters[2].value) / (2.0 / 138) - 1) < 0.15);
    CHECK(spread(parameters[1].value) == 0);
    const std::vector<float> before(parameters[0].value.begin(), parameters[0].value.end());
    network.initialise(8);
    CHECK(std::ranges::equal(before, parameters[0].value));
    network.initialise(9);
    CHECK_FALSE(std::ranges::equal(before, parameters[0].value));
}
