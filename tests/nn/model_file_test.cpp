#include "nn/model_file.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "base/checksum.h"

using namespace digitlab;

namespace {

/// Small, so that every bit can be tried: a pooling layer and a dense layer of 2 units.
Model small_model() {
    const Json json =
        parse_json(R"({"id": "tiny", "layers": [{"type": "max-pool", "size": 14}, {"type": "dense", "units": 2}]})").value();
    ThreadPool pool(1);
    auto network = Network::create(architecture_from_json(json).value(), 1, NetworkUse::inference, pool).value();
    network.initialise(7);
    Model model = model_from_network(network);
    model.notes["accuracy"] = 0.5;
    return model;
}

void check_equal(const Model& one, const Model& other) {
    CHECK(one.architecture == other.architecture);
    CHECK(one.notes == other.notes);
    REQUIRE(one.tensors.size() == other.tensors.size());
    for (std::size_t i = 0; i < one.tensors.size(); ++i) {
        CHECK(one.tensors[i].name == other.tensors[i].name);
        CHECK(one.tensors[i].shape == other.tensors[i].shape);
        CHECK(one.tensors[i].values == other.tensors[i].values);
    }
}

}  // namespace

TEST_CASE("a model survives a round trip through its file, and its network gives the same logits") {
    ThreadPool pool(2);
    for (const Architecture& architecture : catalogue()) {
        INFO(architecture.id);
        auto network = Network::create(architecture, 2, NetworkUse::inference, pool).value();
        network.initialise(3);
        const Model model = model_from_network(network);
        const Model read = decode_model(encode_model(model)).value();
        check_equal(model, read);

        auto again = network_from_model(read, 2, pool).value();
        for (std::size_t i = 0; i < 2 * 784; ++i) network.input()[i] = again.input()[i] = static_cast<float>(i % 17) / 17.0F;
        network.forward(2);
        again.forward(2);
        CHECK(std::vector(network.logits().begin(), network.logits().end()) ==
              std::vector(again.logits().begin(), again.logits().end()));
    }
}

TEST_CASE("a model file truncated anywhere is refused") {
    const Bytes whole = encode_model(small_model());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto read = decode_model(std::span(whole).first(size));
        REQUIRE_FALSE(read);
        REQUIRE(read.error().code == "bad-model");
    }
}

TEST_CASE("a model file with any bit flipped is refused") {
    Bytes bytes = encode_model(small_model());
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        const auto mask = static_cast<std::uint8_t>(1U << (bit % 8));
        bytes[bit / 8] ^= mask;
        REQUIRE_FALSE(decode_model(bytes));
        bytes[bit / 8] ^= mask;
    }
}

TEST_CASE("a damaged file with a correct checksum does no harm") {
    const Bytes whole = encode_model(small_model());
    for (std::size_t bit = 0; bit < (whole.size() - 4) * 8; ++bit) {
        Bytes bytes(whole.begin(), whole.end() - 4);
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const std::uint32_t sum = crc32(bytes);
        for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<std::uint8_t>(sum >> shift));
        ThreadPool pool(1);
        if (const auto read = decode_model(bytes)) (void)network_from_model(*read, 1, pool);
    }
    SUCCEED("no crash, no sanitizer report");
}

TEST_CASE("notes that are not an object are refused, since all readers look for keys") {
    Model model = small_model();
    for (const Json& notes : {Json::array({1}), Json("notes"), Json(3)}) {
        INFO(notes.dump());
        model.notes = notes;
        const auto read = decode_model(encode_model(model));
        REQUIRE_FALSE(read);
        CHECK(read.error().code == "bad-model");
    }
}

TEST_CASE("other files and newer versions are distinguished") {
    const Bytes picture = {0x89, 'P', 'N', 'G', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    CHECK(decode_model(picture).error().message.find("not a Digit Lab model") != std::string::npos);
    Bytes newer = encode_model(small_model());
    newer[4] = 3;
    CHECK(decode_model(newer).error().message.find("newer") != std::string::npos);
}

TEST_CASE("weights of another architecture are refused") {
    Model model = small_model();
    model.architecture = find_architecture("mlp").value();
    ThreadPool pool(1);
    CHECK(network_from_model(model, 1, pool).error().code == "bad-model");
}

TEST_CASE("a model in half precision is about half as large and holds the weights of half_precision") {
    ThreadPool pool(1);
    auto network = Network::create(find_architecture("champion").value(), 1, NetworkUse::inference, pool).value();
    network.initialise(8);
    const Model model = model_from_network(network);
    const Bytes half = encode_model(model, Precision::half), single = encode_model(model);
    CHECK(half.size() < single.size() * 6 / 10);
    const Model read = decode_model(half).value(), rounded = half_precision(model);
    REQUIRE(read.tensors.size() == rounded.tensors.size());
    for (std::size_t i = 0; i < read.tensors.size(); ++i) {
        CHECK(read.tensors[i].values == rounded.tensors[i].values);
        for (std::size_t v = 0; v < read.tensors[i].values.size(); ++v) {
            const float exact = model.tensors[i].values[v];
            REQUIRE(std::abs(read.tensors[i].values[v] - exact) <= std::abs(exact) * 0x1p-11F + 0x1p-25F);
        }
    }
    CHECK(weights_hash(model).size() == 16);
    CHECK(weights_hash(model) == weights_hash(decode_model(single).value()));
    CHECK(weights_hash(model) != weights_hash(read));
}
