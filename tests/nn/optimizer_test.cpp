#include "nn/optimizer.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "nn/random_values.h"

using namespace digitlab;

namespace {

struct Reference {
    double value, first = 0, second = 0;
};

/// One step by the formulas, in double.
void step(Reference& r, const OptimizerSpec& spec, double g, double rate, int t) {
    const double b1 = static_cast<double>(spec.beta1), b2 = static_cast<double>(spec.beta2);
    const double epsilon = static_cast<double>(spec.epsilon), decay = static_cast<double>(spec.weight_decay);
    if (spec.kind == OptimizerKind::adamw) {
        r.value *= 1 - rate * decay;
    } else {
        g += decay * r.value;
    }
    switch (spec.kind) {
        case OptimizerKind::sgd: r.value -= rate * g; break;
        case OptimizerKind::momentum:
            r.first = static_cast<double>(spec.momentum) * r.first + g;
            r.value -= rate * r.first;
            break;
        case OptimizerKind::nesterov:
            r.first = static_cast<double>(spec.momentum) * r.first + g;
            r.value -= rate * (g + static_cast<double>(spec.momentum) * r.first);
            break;
        case OptimizerKind::rmsprop: {
            const double alpha = static_cast<double>(spec.alpha);
            r.second = alpha * r.second + (1 - alpha) * g * g;
            r.value -= rate * g / (std::sqrt(r.second) + epsilon);
            break;
        }
        case OptimizerKind::adam:
        case OptimizerKind::adamw:
            r.first = b1 * r.first + (1 - b1) * g;
            r.second = b2 * r.second + (1 - b2) * g * g;
            r.value -= rate * (r.first / (1 - std::pow(b1, t))) / (std::sqrt(r.second / (1 - std::pow(b2, t))) + epsilon);
            break;
    }
}

}  // namespace

TEST_CASE("optimizers follow their formulas over many steps, for all sizes and threads") {
    for (const std::string& name : optimizer_names()) {
        for (const std::size_t count : {1UL, 3UL, 17UL, 40000UL}) {
            INFO(name << ", " << count << " weights");
            OptimizerSpec spec = optimizer_from_json(name).value();
            spec.weight_decay = 0.03F;
            auto value = random_values(count, 1);
            std::vector<float> gradient(count);
            std::vector<Parameter> parameters = {{"w", 0, {static_cast<int>(count), 1}, value, gradient}};
            std::vector<Reference> expected;
            for (const float v : value) expected.push_back({static_cast<double>(v)});
            Optimizer optimizer(spec, parameters);
            ThreadPool pool(3);
            for (int t = 1; t <= 20; ++t) {
                gradient = random_values(count, 100 + static_cast<std::uint64_t>(t));
                parameters[0].gradient = gradient;
                optimizer.step(parameters, 0.01F, pool);
                for (std::size_t i = 0; i < count; ++i)
                    step(expected[i], spec, static_cast<double>(gradient[i]), static_cast<double>(0.01F), t);
            }
            CHECK(optimizer.steps() == 20);
            for (std::size_t i = 0; i < count; ++i) REQUIRE(std::abs(static_cast<double>(value[i]) - expected[i].value) < 1e-5);
        }
    }
}

TEST_CASE("a gradient longer than allowed is shortened over all parameters together, and biases are not decayed") {
    for (const std::size_t count : {1UL, 100UL, 40000UL}) {
        std::vector<float> weight(count, 1.0F), bias = {1.0F, 1.0F};
        std::vector<float> weight_gradient = random_values(count, 3), bias_gradient = {2.0F, -3.0F};
        std::vector<Parameter> parameters = {{"w", 0, {static_cast<int>(count), 1}, weight, weight_gradient},
                                             {"b", 0, {2}, bias, bias_gradient}};
        double square = 13;
        for (const float g : weight_gradient) square += static_cast<double>(g) * static_cast<double>(g);
        OptimizerSpec spec = optimizer_from_json("sgd").value();
        spec.clip_norm = 0.5F;
        spec.weight_decay = 0.125F;
        ThreadPool pool(2);
        Optimizer(spec, parameters).step(parameters, 1.0F, pool);
        const double factor = 0.5 / std::sqrt(square);
        CHECK(std::abs(static_cast<double>(bias[1]) - (1 + 3 * factor)) < 1e-5);
        CHECK(std::abs(static_cast<double>(weight[0]) - (0.875 - factor * static_cast<double>(weight_gradient[0]))) < 1e-5);

        spec.clip_norm = 1e6F;
        const float before = bias[0];
        Optimizer(spec, parameters).step(parameters, 1.0F, pool);
        CHECK(bias[0] == before - 2.0F);
    }
}

TEST_CASE("weights without gradients stop moving: no moment becomes subnormal") {
    std::vector<float> value = {1.0F}, gradient = {1e-3F};
    std::vector<Parameter> parameters = {{"w", 0, {1}, value, gradient}};
    ThreadPool pool(1);
    Optimizer optimizer(OptimizerSpec{}, parameters);
    optimizer.step(parameters, 0.001F, pool);
    gradient[0] = 0;
    for (int i = 0; i < 3000; ++i) optimizer.step(parameters, 0.001F, pool);
    const float rested = value[0];
    optimizer.step(parameters, 0.001F, pool);
    CHECK(value[0] == rested);
}

TEST_CASE("optimizers are read from JSON and written to it") {
    CHECK(optimizer_from_json("sgd").value().kind == OptimizerKind::sgd);
    for (const std::string& name : optimizer_names()) {
        OptimizerSpec spec = optimizer_from_json(name).value();
        CHECK(to_string(spec.kind) == name);
        CHECK(default_learning_rate(spec.kind) > 0);
        CHECK(optimizer_from_json(to_json(spec)).value() == spec);
        spec.weight_decay = 0.25F;
        spec.clip_norm = 3;
        CHECK(optimizer_from_json(to_json(spec)).value() == spec);
    }
    CHECK(optimizer_from_json("magic").error().code == "bad-spec");
    CHECK(optimizer_from_json(7).error().code == "bad-spec");
    CHECK(optimizer_from_json({{"type", "adam"}, {"beta1", 1.5}}).error().code == "bad-spec");
    CHECK(optimizer_from_json({{"type", "adam"}, {"epsilon", 0}}).error().code == "bad-spec");
}
