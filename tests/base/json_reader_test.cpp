#include "base/json_reader.h"

#include <catch2/catch_test_macros.hpp>

using namespace digitlab;

namespace {

enum class Colour { red, green };
constexpr JsonWord<Colour> colours[] = {{Colour::red, "red"}, {Colour::green, "green"}};

Result<int> even_from_json(const Json& json) {
    int number = 0;
    JsonReader reader(json, {"bad-even"}, "An even number is an object.");
    reader.required("number", number);
    reader.check(number % 2 == 0, "It is odd.");
    return reader.finish(number);
}

}  // namespace

TEST_CASE("a reader reads the keys that are there and leaves other targets unchanged") {
    const Json json = parse_json(R"({"count": 3, "rate": 0.5, "name": "one", "colour": "green", "none": null,
        "sizes": [1, 2], "even": {"number": 4}, "evens": [{"number": 2}, {"number": 6}], "notes": {"a": 1}})")
                          .value();
    int count = 0, absent = 7, even = 0;
    float rate = 0;
    std::string name;
    Colour colour = Colour::red;
    std::optional<double> none, some;
    std::vector<int> sizes, evens;
    std::optional<int> maybe;
    Json notes = Json::object();
    JsonReader reader(json);
    reader.optional("count", count);
    reader.optional("absent", absent);
    reader.required("rate", rate);
    reader.required("name", name);
    reader.required("colour", colour, colours);
    reader.optional("none", none);
    reader.optional("rate", some);
    reader.optional("sizes", sizes);
    reader.optional("even", even, even_from_json);
    reader.optional("even", maybe, even_from_json);
    reader.optional("evens", evens, even_from_json);
    reader.object("notes", notes);
    REQUIRE(reader.ok());
    CHECK(reader.finish(count).value() == 3);
    CHECK(absent == 7);
    CHECK(rate == 0.5F);
    CHECK(name == "one");
    CHECK(colour == Colour::green);
    CHECK_FALSE(none);
    CHECK(some == 0.5);
    CHECK(sizes == std::vector{1, 2});
    CHECK(even == 4);
    CHECK(maybe == 4);
    CHECK(evens == std::vector{2, 6});
    CHECK(notes["a"] == 1);
}

TEST_CASE("a reader keeps the first error, and reads nothing after it") {
    const Json json = {{"a", "one"}, {"b", 2}, {"c", 3.5}};
    int a = 1, b = 1, c = 1;
    JsonReader reader(json, {"bad-thing", "This is not a thing: "});
    reader.optional("b", b);
    reader.optional("a", a);
    reader.optional("c", c);
    reader.check(false, "It is late.");
    CHECK(b == 2);
    CHECK(a == 1);
    CHECK(c == 1);
    const auto result = reader.finish(0);
    REQUIRE_FALSE(result);
    CHECK(result.error().code == "bad-thing");
    CHECK(result.error().message == "This is not a thing: \"a\" must be a whole number between -2147483648 and 2147483647.");
    CHECK(reader.status().error().message == result.error().message);
}

TEST_CASE("a value that a reader cannot use is an error that names the key") {
    const auto problem = [](const char* text, auto&& read) {
        const Json json = parse_json(text).value();
        JsonReader reader(json, {"bad-thing"}, "A thing is an object.");
        read(reader);
        const Status status = reader.status();
        REQUIRE_FALSE(status);
        CHECK(status.error().code == "bad-thing");
        return status.error().message;
    };
    int number = 1;
    Colour colour = Colour::red;
    std::vector<float> floats = {1};
    std::vector<int> evens = {1};
    std::optional<int> maybe = 1;
    Json object = {{"kept", true}};
    CHECK(problem("[]", [&](JsonReader& reader) { reader.optional("a", number); }) == "A thing is an object.");
    CHECK(problem("{}", [&](JsonReader& reader) { reader.required("a", number); }) == "it has no \"a\".");
    CHECK(problem(R"({"a": "blue"})", [&](JsonReader& reader) { reader.optional("a", colour, colours); }) ==
          "\"a\" must be one of red and green, not \"blue\".");
    CHECK(problem(R"({"a": 3})", [&](JsonReader& reader) { reader.optional("a", floats); }) == "\"a\" must be a list.");
    CHECK(problem(R"({"a": [1, "2"]})", [&](JsonReader& reader) { reader.optional("a", floats); }) ==
          "Each item of \"a\" must be a finite number.");
    CHECK(problem(R"({"a": [4294967297]})", [&](JsonReader& reader) { reader.optional("a", evens); }).find("\"a\"") !=
          std::string::npos);
    CHECK(problem(R"({"a": [{"number": 2}, {"number": 3}]})",
                  [&](JsonReader& reader) { reader.optional("a", evens, even_from_json); }) == "It is odd.");
    CHECK(problem(R"({"a": "x"})", [&](JsonReader& reader) { reader.optional("a", maybe); }).find("\"a\"") !=
          std::string::npos);
    CHECK(problem(R"({"a": [1]})", [&](JsonReader& reader) { reader.object("a", object); }) == "\"a\" must be an object.");
    CHECK(problem(R"({"a": 1, "aa": 2})", [&](JsonReader& reader) { reader.known_keys({"a", "b"}, "a setting"); }) ==
          "\"aa\" is not a setting. Known are a and b.");
    CHECK(number == 1);
    CHECK(colour == Colour::red);
    CHECK(floats == std::vector{1.0F});
    CHECK(evens == std::vector{1});
    CHECK(maybe == 1);
    CHECK(object["kept"] == true);
}

TEST_CASE("a newer format is distinguished from a damaged one") {
    const auto code = [](const Json& json) {
        JsonReader reader(json, {"bad-thing"});
        reader.version(2, "thing");
        return reader.ok() ? "" : reader.status().error().code;
    };
    CHECK(code({{"formatVersion", 1}}).empty());
    CHECK(code({{"formatVersion", 2}}).empty());
    CHECK(code({{"formatVersion", 3}}) == "newer-version");
    CHECK(code({{"formatVersion", 0}}) == "bad-thing");
    CHECK(code({{"formatVersion", "1"}}) == "bad-thing");
    CHECK(code({{"other", 1}}) == "bad-thing");
}
