// Compares the optimizers and networks with PyTorch's results (tools/make_golden.py).

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <fstream>
#include <iterator>

#include "base/json.h"
#include "base/thread_pool.h"
#include "nn/network.h"
#include "nn/optimizer.h"

using namespace digitlab;

namespace {

Json golden(const std::string& name) {
    std::ifstream file(std::string(DIGITLAB_SOURCE_DIR) + "/tests/nn/golden/" + name);
    REQUIRE(file);
    return parse_json(std::string(std::istreambuf_iterator<char>(file), {})).value();
}

/// The same numbers as `spread` in tools/make_golden.py.
std::vector<float> spread(std::size_t count, std::uint64_t salt, double scale) {
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t hash = ((i + 1) * salt * 2654435761U) % 4294967296U;
        values[i] = static_cast<float>(2 * scale * (static_cast<double>(hash) / 4294967296.0 - 0.5));
    }
    return values;
}

void check_close(float ours, double theirs, double scale) {
    const double difference = std::abs(static_cast<double>(ours) - theirs);
    CHECK(difference <= 2e-6 * scale + 2e-5 * std::abs(theirs));
}

OptimizerSpec optimizer_named(const std::string& name) {
    OptimizerSpec spec;
    if (const auto plain = optimizer_from_json(name)) spec = *plain;
    if (name == "sgd-decay") spec.kind = OptimizerKind::sgd;
    if (name == "sgd-decay" || name == "adam-decay" || name == "adamw") spec.weight_decay = 0.1F;
    if (name == "adam-clip") spec.clip_norm = 0.5F;
    if (name == "adam-other-betas") {
        spec.beta1 = 0.7F;
        spec.beta2 = 0.9F;
        spec.epsilon = 1e-6F;
    }
    return spec;
}

}  // namespace

TEST_CASE("optimizers take the same steps as PyTorch's") {
    const Json file = golden("optimizers.json");
    for (const Json& one : file.at("cases")) {
        const std::string name = one.at("name");
        INFO(name);
        const OptimizerSpec spec = optimizer_named(name);
        std::vector<float> value = spread(37, 7, 1.0), gradient(37);
        std::vector<Parameter> parameters = {{"weight", 0, {37, 1}, value, gradient}};
        Optimizer optimizer(spec, parameters);
        ThreadPool pool(2);
        const float learning_rate = name.starts_with("adam") || name == "rmsprop" ? 0.01F : 0.1F;
        std::uint64_t salt = 11;
        for (const Json& after : one.at("weightsAfterStep")) {
            const std::vector<float> next = spread(37, salt++, 0.5);
            std::copy(next.begin(), next.end(), gradient.begin());
            optimizer.step(parameters, learning_rate, pool);
            for (std::size_t i = 0; i < value.size(); ++i) check_close(value[i], after.at(i).get<double>(), 1.0);
        }
    }
}

TEST_CASE("logits, loss and all gradients match PyTorch's") {
    const Json file = golden("networks.json");
    for (const Json& one : file.at("cases")) {
        INFO(one.at("name").get<std::string>());
        const Json json = {{"id", "golden"}, {"layers", one.at("layers")}};
        ThreadPool pool(2);
        auto network = Network::create(architecture_from_json(json).value(), 4, NetworkUse::training, pool).value();
        std::uint64_t salt = 3;
        for (Parameter& parameter : network.parameters()) {
            const std::vector<float> values = spread(parameter.value.size(), salt++, 0.4);
            if (parameter.trained) set_from_standard_order(parameter, values);
        }
        const std::vector<float> images = spread(3 * 784, 5, 0.5);
        for (std::size_t i = 0; i < images.size(); ++i) network.input()[i] = images[i] + 0.5F;
        const std::vector<std::uint8_t> labels = one.at("labels");

        // Normalising three values magnifies rounding errors, also those of PyTorch.
        const double scale = one.at("name") == "residual" ? 10.0 : 1.0;
        const BatchResult result = network.train_batch(labels, 1, 0, one.at("labelSmoothing").get<float>());
        CHECK(result.loss_sum / 3 == Catch::Approx(one.at("loss").get<double>()).epsilon(1e-5));
        for (std::size_t i = 0; i < 30; ++i) check_close(network.logits()[i], one.at("logits").at(i).get<double>(), scale);
        const Json& gradients = one.at("gradients");
        REQUIRE(network.parameters().size() == gradients.size());
        for (std::size_t p = 0; p < gradients.size(); ++p) {
            const Parameter& parameter = network.parameters()[p];
            INFO(parameter.name);
            CHECK(parameter.shape == gradients[p].at("shape").get<std::vector<int>>());
            const Json& values = gradients[p].at("values");
            // Running statistics have no gradient, but the batch has changed them.
            const std::vector<float> result_values =
                standard_order(parameter, parameter.trained ? parameter.gradient : parameter.value);
            REQUIRE(result_values.size() == values.size());
            for (std::size_t i = 0; i < values.size(); ++i) check_close(result_values[i], values[i].get<double>(), scale);
        }
    }
}
