#include "data/pieces.h"

#include <catch2/catch_test_macros.hpp>

#include "data/pixels.h"

using namespace digitlab;

namespace {

GreyImage paper() { return {60, 40, std::vector<std::uint8_t>(2400, 0)}; }

}  // namespace

TEST_CASE("rims along the edges are removed, but strokes at an edge or inside stay") {
    GreyImage inside = paper();
    fill(inside, 20, 10, 24, 30);  // a stroke
    fill(inside, 40, 20, 50, 40);  // thick, at the lower edge
    fill(inside, 30, 38, 32, 40);  // short
    fill(inside, 55, 5, 58, 30);   // long, not quite at the edge
    GreyImage with_rims = inside;
    fill(with_rims, 0, 5, 4, 35);
    fill(with_rims, 6, 0, 40, 3);
    CHECK(without_rims(with_rims).ink == inside.ink);
    CHECK(without_rims(inside).ink == inside.ink);
}

TEST_CASE("rims stay if there is nothing else") {
    GreyImage rims = paper();
    fill(rims, 0, 5, 4, 35);
    fill(rims, 10, 37, 50, 40);
    CHECK(without_rims(rims).ink == rims.ink);
    CHECK(without_rims(paper()).ink == paper().ink);
}
