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
    switch (spec.kind) {
        case OptimizerKind::sgd: r.value -= rate * g; break;
        case OptimizerKind::momentum:
            r.first = static_cast<double>(spec.momentum) * r.first + g;
            r.value -= rate * r.first;
            break;
        case OptimizerKind::adam:
            r.first = b1 * r.first + (1 - b1) * g;
            r.second = b2 * r.second + (1 - b2) * g * g;
            r.value -= rate * (r.first / (1 - std::pow(b1, t))) /
                       (std::sqrt(r.second / (1 - std::pow(b2, t))) + static_cast<double>(spec.epsilon));
            break;
    }
}

}  // namespace

TEST_CASE("optimizers follow their formulas over many steps, for all sizes and threads") {
    for (const auto kind : {OptimizerKind::sgd, OptimizerKind::momentum, OptimizerKind::adam}) {
        for (const std::size_t count : {1UL, 3UL, 17UL, 40000UL}) {
            OptimizerSpec spec;
            spec.kind = kind;
            auto value = random_values(count, 1);
            std::vector<float> gradient(count);
            std::vector<Parameter> parameters = {{"w", {static_cast<int>(count)}, value, gradient}};
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

TEST_CASE("weights without gradients come to rest: no moment becomes subnormal") {
    std::vector<float> value = {1.0F}, gradient = {1e-3F};
    std::vector<Parameter> parameters = {{"w", {1}, value, gradient}};
    ThreadPool pool(1);
    Optimizer optimizer(OptimizerSpec{}, parameters);
    optimizer.step(parameters, 0.001F, pool);
    gradient[0] = 0;
    for (int i = 0; i < 3000; ++i) optimizer.step(parameters, 0.001F, pool);
    const float rested = value[0];
    optimizer.step(parameters, 0.001F, pool);
    CHECK(value[0] == rested);
}

TEST_CASE("optimizers in JSON") {
    CHECK(optimizer_from_json("sgd").value().kind == OptimizerKind::sgd);
    for (const auto kind : {OptimizerKind::sgd, OptimizerKind::momentum, OptimizerKind::adam}) {
        OptimizerSpec spec;
        spec.kind = kind;
        CHECK(optimizer_from_json(to_json(spec)).value() == spec);
    }
    CHECK(optimizer_from_json("rmsprop").error().code == "bad-spec");
    CHECK(optimizer_from_json(7).error().code == "bad-spec");
    CHECK(optimizer_from_json({{"type", "adam"}, {"beta1", 1.5}}).error().code == "bad-spec");
    CHECK(optimizer_from_json({{"type", "adam"}, {"epsilon", 0}}).error().code == "bad-spec");
}
