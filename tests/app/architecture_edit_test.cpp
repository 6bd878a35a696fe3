#include "app/architecture_edit.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>

using namespace digitlab;

namespace {

Architecture network(const char* id) { return *find_architecture(id); }

bool fits(const Architecture& architecture) { return check_layers(architecture).problem.empty(); }

}  // namespace

TEST_CASE("a layer inserted anywhere fits there") {
    for (const Architecture& architecture : catalogue()) {
        for (std::size_t index = 0; index <= architecture.layers.size(); ++index) {
            Architecture changed = architecture;
            insert_layer(changed, index);
            INFO(architecture.id << " at " << index);
            CHECK(changed.layers.size() == architecture.layers.size() + 1);
            CHECK(fits(changed));
            remove_layer(changed, index);
            CHECK(changed.layers == architecture.layers);
        }
    }
}

TEST_CASE("sums follow the layers they add") {
    Architecture changed = network("resnet");
    REQUIRE(changed.layers[9].from == 5);
    REQUIRE(changed.layers[17].from == 13);
    SECTION("a layer before them") {
        insert_layer(changed, 0);
        CHECK(changed.layers[10].from == 6);
        CHECK(changed.layers[18].from == 14);
    }
    SECTION("a layer between") {
        insert_layer(changed, 6);
        CHECK(changed.layers[10].from == 5);
        CHECK(changed.layers[18].from == 14);
    }
    SECTION("a removed layer is replaced with the one before it") {
        remove_layer(changed, 4);
        CHECK(changed.layers[8].from == 4);
        CHECK(changed.layers[16].from == 12);
    }
    SECTION("the first layer is removed") {
        changed.layers[9].from = 1;
        remove_layer(changed, 0);
        CHECK(changed.layers[8].from == 1);
    }
    SECTION("a layer that moves") {
        swap_with_next(changed, 4);
        CHECK(changed.layers[9].from == 6);
        swap_with_next(changed, 3);
        CHECK(changed.layers[9].from == 6);
        swap_with_next(changed, 4);
        CHECK(changed.layers[9].from == 5);
    }
}

TEST_CASE("every kind of layer can be changed to every other") {
    for (const LayerKind from : {LayerKind::convolution, LayerKind::max_pool, LayerKind::average_pool, LayerKind::dense,
                                 LayerKind::dropout, LayerKind::batch_norm, LayerKind::add}) {
        for (const LayerKind to : {LayerKind::convolution, LayerKind::max_pool, LayerKind::average_pool, LayerKind::dense,
                                   LayerKind::dropout, LayerKind::batch_norm, LayerKind::add}) {
            // Layers 2 and 4 have the same output shape, so that layer 5 can be a sum.
            Architecture changed = network("resnet");
            changed.layers[4] = LayerSpec{};
            changed.layers[4].kind = from;
            changed.layers.resize(5);
            change_kind(changed, 4, to);
            LayerSpec last;
            last.units = 10;
            changed.layers.push_back(last);
            INFO(static_cast<int>(from) << " to " << static_cast<int>(to));
            CHECK(changed.layers[4].kind == to);
            // No earlier layer has the output shape of layer 4.
            if (to != LayerKind::add && from != to) CHECK(fits(changed));
        }
    }
    Architecture sum = network("resnet");
    insert_layer(sum, 7);
    change_kind(sum, 7, LayerKind::add);
    CHECK(sum.layers[7].from == 6);
    CHECK(fits(sum));
}

TEST_CASE("the layers before the first that does not fit have shapes") {
    Architecture changed = network("two-pool-cnn");
    for (std::size_t index = 0; index < changed.layers.size(); ++index) {
        Architecture bad = changed;
        bad.layers[index].units = -1;
        bad.layers[index].pool = 1;
        bad.layers[index].rate = 2;
        const LayerCheck check = check_layers(bad);
        CHECK(check.unfit == index);
        CHECK(check.shapes.size() == index);
        CHECK(check.problem.find("Layer " + std::to_string(index + 1) + " ") == 0);
    }
    CHECK(check_layers(changed).shapes.size() == changed.layers.size());
}

TEST_CASE("an architecture survives the round trip through text, with one line per layer") {
    for (const Architecture& architecture : catalogue()) {
        const Architecture copy = editable_copy(architecture);
        const std::string text = architecture_text(copy);
        const auto read = architecture_from_text(text);
        REQUIRE(read);
        CHECK(read->layers == architecture.layers);
        CHECK(read->title == copy.title);
        CHECK(static_cast<std::size_t>(std::ranges::count(text, '\n')) == architecture.layers.size() + 6);
    }
    const auto read =
        architecture_from_text(R"({"title": ")" + std::string(500, 'x') + R"(", "layers": [{"type": "dense", "units": 10}]})");
    REQUIRE(read);
    CHECK(read->title.size() == 80);
    CHECK(architecture_from_text("{").error().code == "bad-json");
    CHECK(architecture_from_text("{}").error().code == "bad-architecture");
}
