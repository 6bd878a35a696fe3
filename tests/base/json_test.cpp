#include "base/json.h"

#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

using namespace digitlab;

TEST_CASE("valid JSON is parsed with its keys in order") {
    const auto json = parse_json(R"({"b": 1, "a": [true, null, "ü"], "c": {"d": -2.5e3}})");
    REQUIRE(json);
    CHECK(json->dump() == R"({"b":1,"a":[true,null,"ü"],"c":{"d":-2500.0}})");
}

TEST_CASE("the error for invalid JSON names the position") {
    for (const char* text : {"", " ", "{", "[1,", "{\"a\" 1}", "nul", "\"\xFF\"", "1 2", "{\"a\":01}", "\"open"}) {
        const auto json = parse_json(text);
        INFO(text);
        REQUIRE_FALSE(json);
        CHECK(json.error().code == "bad-json");
    }
    CHECK(parse_json("{\n  \"a\": 1,\n  b\n}").error().message.find("line 3, column 3") != std::string::npos);
}

TEST_CASE("nesting is limited, so that no text overflows the stack") {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    CHECK(parse_json(nested(64)));
    const auto deep = parse_json(nested(65));
    REQUIRE_FALSE(deep);
    CHECK(deep.error().message.find("64") != std::string::npos);
    CHECK_FALSE(parse_json(std::string(2'000'000, '[')));
    std::string objects;
    for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
    CHECK_FALSE(parse_json(objects));
}

TEST_CASE("dump_json writes any bytes without throwing") {
    CHECK(dump_json(Json{{"name",
                          "a\xFF"
                          "b"}}) ==
          "{\"name\":\"a\xEF\xBF\xBD"
          "b\"}");
    CHECK(dump_json(Json{{"a", 1}}, 1) == "{\n \"a\": 1\n}");
}

TEST_CASE("an absent key leaves the target as it is") {
    int number = 7;
    REQUIRE(read_optional(Json::object(), "a", number));
    CHECK(number == 7);
    CHECK(read_optional(Json::array(), "a", number).error().code == "bad-json");
    CHECK(read_optional(Json(nullptr), "a", number).error().code == "bad-json");
}

namespace {

/// Reads {"a": text} into a T that holds `before`; nullopt on an error, after checking that the target is unchanged.
template <class T>
std::optional<T> read(const char* text, T before = T{}) {
    T target = before;
    const auto json = parse_json(std::string("{\"a\": ") + text + "}");
    REQUIRE(json);
    const Status status = read_optional(*json, "a", target);
    if (status) return target;
    CHECK(status.error().code == "bad-json");
    CHECK(status.error().message.find("\"a\"") != std::string::npos);
    CHECK(target == before);
    return std::nullopt;
}

}  // namespace

TEST_CASE("integers are read with their limits") {
    CHECK(read<int>("2147483647") == 2147483647);
    CHECK(read<int>("-2147483648") == std::numeric_limits<int>::min());
    CHECK(read<int>("5.0") == 5);
    CHECK(read<int>("1e3") == 1000);
    for (const char* wrong :
         {"2147483648", "-2147483649", "18446744073709551615", "1e30", "-1e30", "1.5", "\"1\"", "true", "null", "[1]"}) {
        INFO(wrong);
        CHECK_FALSE(read<int>(wrong, 3));
    }
    CHECK(read<std::uint64_t>("18446744073709551615") == std::numeric_limits<std::uint64_t>::max());
    CHECK(read<std::uint64_t>("1e3") == 1000U);
    for (const char* wrong : {"-1", "18446744073709551616", "0.5", "1e300", "\"1\"", "-1.0"}) {
        INFO(wrong);
        CHECK_FALSE(read<std::uint64_t>(wrong, 3U));
    }
    std::uint64_t seed = 0;
    CHECK(read_optional(Json{{"seed", 12}}, "seed", seed));
    CHECK(seed == 12);
    CHECK_FALSE(read_optional(Json{{"seed", -12}}, "seed", seed));
}

TEST_CASE("numbers, booleans and strings are read") {
    CHECK(read<float>("0.25") == 0.25F);
    CHECK(read<float>("3") == 3.0F);
    CHECK_FALSE(read<float>("1e39"));
    CHECK(read<double>("1e39") == 1e39);
    CHECK_FALSE(read<double>("\"1\""));
    double number = 1;
    CHECK_FALSE(read_optional(Json{{"a", std::numeric_limits<double>::infinity()}}, "a", number));
    CHECK(read<bool>("true") == true);
    CHECK_FALSE(read<bool>("1"));
    CHECK(read<std::string>("\"text\"") == "text");
    CHECK_FALSE(read<std::string>("1"));
}

TEST_CASE("floats are written with the digits a person would write") {
    CHECK(dump_json(decimal(0.9F)) == "0.9");
    CHECK(dump_json(decimal(1e-8F)) == "1e-08");
    CHECK(dump_json(decimal(-3.0F)) == "-3.0");
    for (const float value : {0.1F, 1.0F / 3, 3.4e38F, 1.2e-40F, 16777217.0F})
        CHECK(static_cast<float>(decimal(value)) == value);
}
