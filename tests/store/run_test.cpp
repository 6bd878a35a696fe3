#include "store/run.h"

#include <catch2/catch_test_macros.hpp>
#include <utility>

#include "store/stored_name.h"

using namespace digitlab;

namespace {

Run full_run() {
    Run run;
    run.id = "r-0001";
    run.name = "model_mlp_run1";
    run.status = RunStatus::failed;
    run.failure = "It diverged.";
    run.spec = default_spec(*find_architecture("mlp"));
    run.spec.seed = 18446744073709551615U;
    run.parameters = 123;
    run.epochs = {{1, 0.5, 0.8, 0.4, 0.9, 1.5, 10000.25}, {2, 0.25, 0.9, 0.3, 0.95, 1.25, 12000}};
    run.test = TestResult{0.75, 0.5, 2, {1, 2, 3, 4}};
    run.secs = 3.25;
    run.started_unix_secs = 1.7e9;
    run.environment = {{"variant", "native"}, {"threads", 2}};
    run.model_file = "r-0001.1.dglb";
    run.fine_tune = FineTune{"r-0007", "model_mlp_run7", 0.97, true, {12, 5, 11}, {3, 1, std::nullopt}};
    return run;
}

std::string code(const Json& json) {
    const auto run = run_from_json(json);
    REQUIRE_FALSE(run);
    CHECK_FALSE(run.error().message.empty());
    return run.error().code;
}

}  // namespace

TEST_CASE("the JSON of a run has the fields of the JavaScript API") {
    const Json json = to_json(full_run());
    CHECK(json["formatVersion"] == 1);
    CHECK(json["id"] == "r-0001");
    CHECK(json["name"] == "model_mlp_run1");
    CHECK(json["architecture"] == "mlp");
    CHECK(json["status"] == "failed");
    CHECK(json["failure"] == "It diverged.");
    CHECK(json["spec"]["architecture"] == "mlp");
    CHECK(json["parameters"] == 123);
    CHECK(json["metrics"].size() == 2);
    CHECK(json["metrics"][1]["epoch"] == 2);
    CHECK(json["metrics"][1]["valAccuracy"] == 0.95);
    CHECK(json["test"]["confusion"] == Json::array({{1, 2}, {3, 4}}));
    CHECK(json["startedAt"] == "2023-11-14T22:13:20.000Z");
    CHECK(json["environment"]["threads"] == 2);
    CHECK(json["modelFile"] == "r-0001.1.dglb");

    Run young = full_run();
    young.test.reset();
    young.failure.clear();
    young.status = RunStatus::running;
    CHECK(to_json(young)["test"].is_null());
    CHECK_FALSE(to_json(young).contains("failure"));
}

TEST_CASE("a run survives the round trip through JSON text") {
    for (const RunStatus status : {RunStatus::running, RunStatus::finished, RunStatus::stopped, RunStatus::failed}) {
        Run run = full_run();
        run.status = status;
        const auto json = parse_json(dump_json(to_json(run)));
        REQUIRE(json);
        const auto again = run_from_json(*json);
        REQUIRE(again);
        CHECK(to_json(*again) == to_json(run));
        CHECK(again->spec == run.spec);
        CHECK(again->test->confusion == run.test->confusion);
        CHECK(again->status == status);
        CHECK(again->fine_tune == run.fine_tune);
    }
    Json bare = to_json(full_run());
    for (const char* key : {"test", "environment", "failure", "modelFile", "secs", "parameters", "architecture", "fineTune"})
        bare.erase(key);
    CHECK(run_from_json(bare));
}

TEST_CASE("invalid runs are refused") {
    CHECK(code(Json::array()) == "bad-run");
    CHECK(code(Json::object()) == "bad-run");
    for (const char* key : {"formatVersion", "id", "name", "status", "spec", "metrics", "startedAt"}) {
        INFO(key);
        Json json = to_json(full_run());
        json.erase(key);
        CHECK(code(json) == "bad-run");
    }
    const std::pair<const char*, Json> wrong[] = {{"formatVersion", 0},
                                                  {"formatVersion", "1"},
                                                  {"id", 1},
                                                  {"id", ""},
                                                  {"name", nullptr},
                                                  {"status", "sleeping"},
                                                  {"spec", 1},
                                                  {"spec", {{"epochs", "x"}}},
                                                  {"metrics", {{"a", 1}}},
                                                  {"metrics", {1}},
                                                  {"test", 1},
                                                  {"test", {{"accuracy", 1}}},
                                                  {"startedAt", "yesterday"},
                                                  {"environment", 1},
                                                  {"modelFile", 1},
                                                  {"parameters", -1},
                                                  {"secs", "long"},
                                                  {"fineTune", 1},
                                                  {"fineTune", {{"parent", 1}}},
                                                  {"fineTune", {{"trained", 1}}},
                                                  {"fineTune", {{"heldOut", {{"rightAfter", "all"}}}}}};
    for (const auto& [key, value] : wrong) {
        Json json = to_json(full_run());
        json[key] = value;
        INFO(key << " = " << value.dump());
        CHECK(code(json) == "bad-run");
    }
}

TEST_CASE("a run of a newer format is refused as such") {
    Json json = to_json(full_run());
    json["formatVersion"] = 2;
    json["spec"] = "something new";
    CHECK(code(json) == "newer-version");
}

TEST_CASE("names of stored files are parsed and built") {
    const auto run = parse_stored_name("runs/r-0001.12.json");
    REQUIRE(run);
    CHECK(run->id == "r-0001");
    CHECK(run->revision == 12);
    CHECK(run->path() == "runs/r-0001.12.json");
    CHECK(parse_stored_name("models/r-0001.1.dglb")->file() == "r-0001.1.dglb");
    CHECK(parse_stored_name("drawings/d-0001.3.json")->revision == 3);
    for (const char* name : {"", "runs/", "runs/a.json", "runs/a.0.json", "runs/a.01.json", "runs/a.-1.json", "runs/a.1.dglb",
                             "models/a.1.json", "other/a.1.json", "runs/a.b.1.json", "runs/.1.json", "runs/a.99999999999.json",
                             "runs/a.1x.json", "runs/x/a.1.json", "runs/a..json", "runs/../a.1.json", "drawings/d.1.dglb"}) {
        INFO(name);
        CHECK_FALSE(parse_stored_name(name));
    }
    CHECK_FALSE(is_stored_id(""));
    CHECK_FALSE(is_stored_id("a.b"));
    CHECK_FALSE(is_stored_id("../a"));
    CHECK_FALSE(is_stored_id(std::string(65, 'a')));
    CHECK(is_stored_id(std::string(64, 'a')));
}
