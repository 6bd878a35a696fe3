// The calls that the page and the JavaScript API make: JSON in, JSON out.

#include "calls.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include "app/settle.h"
#include "page_needs.h"
#include "store/memory_files.h"
#include "train/stripes.h"

using namespace digitlab;

namespace {

struct Caller {
    MemoryFiles files;
    App app{services(files)};

    Json answer(const std::string& method, const Json& arguments = {}) {
        return parsed(web::call(app, method, dump_json(arguments)));
    }
    Json value(const std::string& method, const Json& arguments = {}) {
        const Json json = answer(method, arguments);
        INFO(method << ": " << dump_json(json));
        REQUIRE(json.contains("value"));
        return json["value"];
    }
    std::string code(const std::string& method, const Json& arguments = {}) {
        return answer(method, arguments).at("error").at("code");
    }
    static Json parsed(const std::string& text) { return parse_json(text).value(); }

    /// Trains on stripes.
    std::string train(int epochs = 1) {
        REQUIRE(app.apply(ReportDataReady{stripes()}));
        const Json run = value("train", to_json(quick_spec("softmax", epochs)));
        settle(app);
        return run["runId"];
    }
};

bool is_answer(const Json& json) {
    if (json.contains("value")) return json.size() == 1;
    return json.size() == 1 && json["error"]["code"].is_string() && !json["error"]["message"].get<std::string>().empty();
}

}  // namespace

TEST_CASE("a call answers any arguments with a value or an error", "[shell]") {
    const Json odd[] = {nullptr,
                        true,
                        -1,
                        1e300,
                        "text",
                        Json::array(),
                        Json::array({1}),
                        Json::object(),
                        {{"id", 7}, {"epochs", "many"}, {"label", "seven"}, {"count", "all"}, {"unit", 1}},
                        {{"id", nullptr}, {"epochs", -3}, {"label", 11}, {"count", -1}, {"unit", "year"}},
                        {{"id", Json::object()}, {"learningRate", "fast"}, {"pixels", 1}, {"message", 2}, {"layers", 3}}};
    Caller caller;
    for (const std::string& method : web::call_methods()) {
        for (const Json& arguments : odd) {
            // These are valid: the benchmark would run for minutes, and the App waits for its end.
            const bool valid_benchmark = arguments.is_structured() || arguments.is_null();
            if (method == "startBenchmark" && valid_benchmark) continue;
            INFO(method << " " << dump_json(arguments));
            Json json;
            REQUIRE_NOTHROW(json = caller.answer(method, arguments));
            CHECK(is_answer(json));
        }
        CHECK(is_answer(Caller::parsed(web::call(caller.app, method, "{"))));
    }
    CHECK(caller.code("nothing") == "not-available");
}

TEST_CASE("every call that the page makes exists", "[shell]") {
    const std::vector<std::string> methods = web::call_methods();
    const std::regex call("\\b(?:call|callNow|command|follow)\\('(\\w+)'");
    int calls = 0;
    for (const auto& entry : std::filesystem::directory_iterator(DIGITLAB_SOURCE_DIR "/web")) {
        if (entry.path().extension() != ".js") continue;
        std::ifstream file(entry.path());
        const std::string text(std::istreambuf_iterator<char>(file), {});
        for (std::sregex_iterator found(text.begin(), text.end(), call), end; found != end; ++found, ++calls) {
            INFO(entry.path() << " calls " << (*found)[1]);
            CHECK(std::ranges::find(methods, (*found)[1].str()) != methods.end());
        }
    }
    CHECK(calls > 20);
}

TEST_CASE("the page and the program agree on the bits of Needs", "[shell]") {
    std::ifstream file(DIGITLAB_SOURCE_DIR "/web/program.js");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    std::string expected = "export const Needs = {";
    const char* separator = " ";
    for (const auto& [name, bit] : web::needs_in_javascript) {
        expected += separator + std::string(name) + ": " + std::to_string(bit);
        separator = ", ";
    }
    INFO(expected);
    CHECK(text.find(expected + " };") != std::string::npos);
}

TEST_CASE("calls train, list, query and delete a run", "[shell]") {
    Caller caller;
    CHECK(caller.value("status")["runs"] == 0);
    const std::string id = caller.train();
    CHECK(caller.value("run", {{"id", id}})["status"] == "finished");
    CHECK(caller.value("runs").size() == 1);
    REQUIRE(caller.value("models").size() == 1);
    CHECK(caller.value("models")[0]["id"] == id);

    std::vector<float> pixels(digit_pixels, 0);
    std::fill_n(pixels.begin() + (2 * 7 + 4) * 28, 56, 1.0F);
    const Json answers = Caller::parsed(web::predict_pixels(caller.app, pixels, "null"));
    REQUIRE(answers.contains("value"));
    CHECK(answers["value"][0]["digit"] == 7);
    CHECK(Caller::parsed(web::predict_pixels(caller.app, pixels, "[\"nobody\"]"))["error"]["code"] == "unknown-model");
    CHECK(Caller::parsed(web::predict_pixels(caller.app, pixels, "[1]"))["error"]["code"] == "bad-argument");
    CHECK(Caller::parsed(web::predict_pixels(caller.app, std::span(pixels).first(9), ""))["error"]["code"] == "bad-image");

    CHECK(caller.code("renameRun", {{"id", id}, {"name", 7}}) == "bad-argument");
    CHECK(caller.code("renameRun", {{"id", id}, {"name", ""}}) == "bad-name");
    caller.value("renameRun", {{"id", id}, {"name", "mine"}});
    CHECK(caller.value("run", {{"id", id}})["name"] == "mine");
    caller.value("deleteRun", {{"id", id}});
    CHECK(caller.value("runs").empty());
    CHECK(caller.code("run", {{"id", id}}) == "unknown-run");
}

TEST_CASE("requests are listed for the page and taken by id", "[shell]") {
    Caller caller;
    REQUIRE(caller.app.apply(RequestData{}));
    REQUIRE(caller.app.apply(AskPlatform{PickPicture{}}));
    const Json waiting = caller.value("requests");
    REQUIRE(waiting.size() == 2);
    CHECK(waiting[0]["kind"] == "download-dataset");
    CHECK(waiting[0]["dataset"] == mnist_id);
    caller.value("requestTaken", {{"id", waiting[0]["id"]}});
    caller.value("requestFailed", {{"id", waiting[1]["id"]}, {"message", "No file picker here."}});
    CHECK(caller.value("requests").empty());
    CHECK(caller.app.state().notices.size() == 1);
    CHECK(caller.code("requestTaken", {{"id", waiting[0]["id"]}}) == "unknown-request");
}

TEST_CASE("the browser's promise to keep what is stored is reported and shown in the status", "[shell]") {
    Caller caller;
    CHECK(caller.value("status")["storage"]["persistence"] == "unknown");
    (void)caller.train();
    CHECK(caller.value("requests")[0]["kind"] == "persist-storage");
    CHECK(caller.value("requests")[0]["ask"] == true);
    caller.value("reportPersistence", {{"answer", "granted"}});
    CHECK(caller.value("status")["storage"]["persistence"] == "granted");
    CHECK(caller.code("reportPersistence", {{"answer", "perhaps"}}) == "bad-argument");
}

TEST_CASE("a benchmark belongs to the program that started it, and its result is taken once", "[shell]") {
    Caller caller, other;
    CHECK(caller.value("takeBenchmark").is_null());
    CHECK(caller.code("startBenchmark", {{"secs", -1}}) == "bad-benchmark");
    caller.value("startBenchmark", {{"architectures", {"softmax"}}, {"secs", 0.01}});
    Json result;
    wait_until([&] {
        CHECK(other.value("takeBenchmark").is_null());
        result = caller.value("takeBenchmark");
        return !result.is_null();
    });
    CHECK(result["architectures"][0]["id"] == "softmax");
    CHECK(result["variant"] == "native");
    CHECK(caller.value("takeBenchmark").is_null());

    REQUIRE(caller.app.apply(ReportDataReady{stripes()}));
    caller.value("train", to_json(quick_spec("softmax", 1000)));
    CHECK(caller.code("startBenchmark", Json::object()) == "busy");
}

TEST_CASE("an archive is exported and imported, and a damaged one is refused", "[shell]") {
    Caller caller;
    (void)caller.train();
    Bytes archive;
    const Json size = Caller::parsed(web::export_archive(caller.app, archive));
    CHECK(size["value"] == archive.size());

    Caller other;
    CHECK(is_answer(Caller::parsed(web::import_archive(other.app, archive))));
    CHECK(other.value("runs").size() == 1);
    archive.resize(archive.size() / 2);
    CHECK(Caller::parsed(web::import_archive(other.app, archive))["error"]["code"] == "bad-archive");
}

TEST_CASE("files that arrive become a data set", "[shell]") {
    Caller caller;
    web::Arrivals arrivals(caller.app);
    std::string table;
    for (int row = 0; row < 40; ++row) {
        table += row % 2 == 0 ? "A" : "B";
        for (int pixel = 0; pixel < 784; ++pixel) table += row % 2 == 0 && pixel < 392 ? ",200" : ",0";
        table += "\n";
    }
    arrivals.begin_files();
    std::uint8_t* bytes = arrivals.add_file("letters.csv", table.size());
    REQUIRE(bytes);
    std::ranges::copy(table, bytes);
    const Json number = Caller::parsed(web::add_dataset(caller.app, arrivals, "Letters"));
    REQUIRE(number.contains("value"));
    settle(caller.app);
    const Json import = caller.value("status")["import"];
    CHECK(import["number"] == number["value"]);
    CHECK(import["error"].is_null());
    CHECK(import["id"] == "letters");
    CHECK(Caller::parsed(web::add_dataset(caller.app, arrivals, "Nothing"))["error"]["code"] == "bad-files");
    CHECK(arrivals.take_half("nothing", true, {}).error().code == "unknown-dataset");
    CHECK_FALSE(arrivals.take_half(mnist_id, true, {}));
}
