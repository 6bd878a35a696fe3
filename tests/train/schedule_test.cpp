#include "train/schedule.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <fstream>
#include <iterator>

using namespace digitlab;

TEST_CASE("schedules match PyTorch's") {
    std::ifstream file(std::string(DIGITLAB_SOURCE_DIR) + "/tests/nn/golden/schedules.json");
    REQUIRE(file);
    const Json golden = parse_json(std::string(std::istreambuf_iterator<char>(file), {})).value();
    for (const Json& one : golden.at("cases")) {
        INFO(one.at("name").get<std::string>());
        const Schedule schedule = schedule_from_json(one.at("schedule")).value();
        const Json& factors = one.at("factors");
        REQUIRE(factors.size() == 40);
        for (int step = 0; step < 40; ++step) {
            CHECK(std::abs(rate_factor(schedule, step, 40, 10) - factors.at(static_cast<std::size_t>(step)).get<double>()) <
                  1e-6);
        }
    }
}

TEST_CASE("the rate rises during the warm-up, and the schedule covers the rest of the run") {
    const Schedule schedule = schedule_from_json(parse_json(R"({"type": "linear", "warmup": 0.25})").value()).value();
    CHECK(rate_factor(schedule, 0, 100, 50) == 1.0 / 26);
    CHECK(rate_factor(schedule, 24, 100, 50) == 25.0 / 26);
    CHECK(rate_factor(schedule, 25, 100, 50) == 1);
    CHECK(rate_factor(schedule, 99, 100, 50) == 1 - 74.0 / 75);
}

TEST_CASE("schedules stay between zero and the full rate, however short the run") {
    for (const std::string& name : schedule_names()) {
        const Schedule schedule = schedule_from_json(name).value();
        for (const int steps : {1, 2, 3, 4, 7, 1000}) {
            for (int step = 0; step < steps; ++step) {
                INFO(name << ", step " << step << " of " << steps);
                const double factor = rate_factor(schedule, step, steps, steps);
                CHECK((factor > 0 && factor <= 1 + 1e-12));
            }
        }
    }
}

TEST_CASE("schedules survive a round trip through JSON, and wrong ones are refused") {
    for (const char* text :
         {R"("linear")", R"("one-cycle")", R"({"type": "step", "warmup": 0.125, "stepEpochs": 3, "factor": 0.25})"}) {
        const Json json = parse_json(text).value();
        CHECK(to_json(schedule_from_json(json).value()) == json);
    }
    for (const char* text :
         {R"("magic")", "7", R"({"type": 1})", R"({"warmup": 0.6})", R"({"stepEpochs": 0})", R"({"factor": 0})"}) {
        const auto read = schedule_from_json(parse_json(text).value());
        REQUIRE_FALSE(read);
        CHECK(read.error().code == "bad-spec");
    }
}
