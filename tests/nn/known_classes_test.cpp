#include "nn/known_classes.h"

#include <catch2/catch_test_macros.hpp>

using namespace digitlab;

namespace {

KnownClasses read(const char* notes, int classes = 10) {
    const auto known = known_classes(parse_json(notes).value(), classes);
    REQUIRE(known);
    return *known;
}

}  // namespace

TEST_CASE("a model knows digits when its notes say so, not when it happens to have ten classes") {
    CHECK(read(R"({"dataset": "usps", "kind": "digits"})").digits());
    CHECK_FALSE(read(R"({"dataset": "kuzushiji"})").digits());
    CHECK_FALSE(read(R"({"dataset": "kuzushiji", "kind": "other"})").digits());
    CHECK_FALSE(read(R"({"dataset": "letters", "classNames": ["a", "b"]})", 2).digits());
    CHECK_FALSE(read(R"({"dataset": "usps", "kind": "digits"})", 9).digits());
}

TEST_CASE("models of MNIST made before notes had a kind count as digits") {
    CHECK(read("{}").digits());
    CHECK(read("null").digits());
    CHECK(read(R"({"dataset": "mnist"})").digits());
    CHECK(read("{}").dataset == "mnist");
    CHECK(read("{}", 12).digits());  // more outputs than classes
    CHECK_FALSE(read(R"({"dataset": "mnist"})", 2).digits());
}

TEST_CASE("the classes of a model survive a round trip through its notes") {
    for (const KnownClasses& classes :
         {KnownClasses{}, KnownClasses{"usps", DataKind::digits, {}, 10}, KnownClasses{"kuzushiji", DataKind::other, {}, 10},
          KnownClasses{"letters", DataKind::other, {"a", "b"}, 2}}) {
        Json notes = Json::object();
        note_classes(notes, classes);
        CHECK(known_classes(notes, classes.count) == classes);
    }
    Json notes = Json::object();
    note_classes(notes, {});
    CHECK(notes.empty());
    CHECK(known_classes(parse_json(R"({"kind": 3})").value(), 10).error().code == "bad-model");
}
