#include "nn/architecture.h"

#include <catch2/catch_test_macros.hpp>
#include <map>

using namespace digitlab;

TEST_CASE("the catalogue has the documented parameter counts") {
    const std::map<std::string, std::size_t> expected = {
        {"softmax", 7850},  {"mlp", 101770},    {"small-cnn", 347146}, {"two-pool-cnn", 225034}, {"deeper-cnn", 1199882},
        {"lenet-5", 61706}, {"resnet", 116906}, {"sprint", 215194},    {"champion", 261754}};
    for (const auto& [id, parameters] : expected) {
        INFO(id);
        CHECK(parameter_count(find_architecture(id).value()) == parameters);
    }
    CHECK(catalogue().size() == expected.size());
}

TEST_CASE("shapes are inferred layer by layer") {
    const auto shapes = infer_shapes(find_architecture("two-pool-cnn").value()).value();
    CHECK(shapes[0].output == Shape{32, 26, 26});
    CHECK(shapes[0].forward_flops == 2 * 9 * 32 * 26 * 26);
    CHECK(shapes[1].output == Shape{32, 13, 13});
    CHECK(shapes[2].output == Shape{64, 11, 11});
    CHECK(shapes[3].output == Shape{64, 5, 5});
    CHECK(shapes[6].output == Shape{10, 1, 1});
}

TEST_CASE("architectures survive a round trip through JSON") {
    for (const Architecture& architecture : catalogue())
        CHECK(architecture_from_json(to_json(architecture)).value() == architecture);
}

TEST_CASE("the error for a layer that does not fit names the layer") {
    const auto error_of = [](const char* layers) {
        const auto read = architecture_from_json(parse_json(std::string(R"({"layers": )") + layers + "}").value());
        REQUIRE_FALSE(read);
        CHECK(read.error().code == "bad-architecture");
        return read.error().message;
    };
    CHECK(error_of(R"([{"type": "conv", "filters": 4, "kernel": 20}, {"type": "conv", "filters": 4, "kernel": 20}])")
              .starts_with("Layer 2"));
    CHECK(error_of(R"([{"type": "dense", "units": 0}])").starts_with("Layer 1"));
    CHECK(error_of(R"([{"type": "dense", "units": 10, "activation": "relu"}])").starts_with("Layer 1"));
    CHECK(error_of(R"([{"type": "dropout", "rate": 1}, {"type": "dense", "units": 10}])").starts_with("Layer 1"));
    CHECK(error_of(R"([{"type": "conv", "filters": 2000000000, "kernel": 3}, {"type": "dense", "units": 10}])")
              .starts_with("Layer 1"));
    CHECK(error_of(R"([{"type": "dense", "units": 4096}, {"type": "dense", "units": 4096}, {"type": "dense", "units": 10}])")
              .starts_with("Layer 3"));
    const std::string conv = R"({"type": "conv", "filters": 4, "kernel": 3})", last = R"({"type": "dense", "units": 10})";
    const std::string add_to_self = "[" + conv + R"(, {"type": "add", "from": 1}, )" + last + "]";
    CHECK(error_of(add_to_self.c_str()).starts_with("Layer 2"));
    const std::string other_shape = "[" + conv + ", " + conv + R"(, {"type": "add", "from": 1}, )" + last + "]";
    CHECK(error_of(other_shape.c_str()).find("26x26x4") != std::string::npos);
    error_of("[]");
    error_of("[7]");
    error_of(R"([{"type": "magic"}])");
    error_of(R"([{"type": "dense", "units": "ten"}])");
    error_of(R"([{"type": "max-pool", "size": 29}, {"type": "dense", "units": 10}])");
}
