#include "app/platform_requests.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <iterator>
#include <regex>

#include "app/settle.h"
#include "store/memory_files.h"
#include "train/stripes.h"

using namespace digitlab;

namespace {

/// The kinds that the page has handlers for.
std::vector<std::string> kinds_of_page() {
    std::ifstream file(DIGITLAB_SOURCE_DIR "/web/requests.js");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    std::vector<std::string> kinds;
    const std::regex handler("\n  '([a-z-]+)': ");
    for (std::sregex_iterator found(text.begin(), text.end(), handler), end; found != end; ++found) {
        kinds.push_back((*found)[1]);
    }
    return kinds;
}

void train_a_run(App& app) {
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(StartTraining{quick_spec("softmax", 1)}));
    settle(app);
}

}  // namespace

TEST_CASE("the page has a handler for each kind of request, and no others", "[app]") {
    std::vector<std::string> page = kinds_of_page(), program = platform_action_kinds();
    std::ranges::sort(page);
    std::ranges::sort(program);
    CHECK(page == program);
}

TEST_CASE("a request waits until it is taken, and is not queued twice", "[app]") {
    MemoryFiles files;
    App app(services(files));
    const auto& waiting = app.state().requests.waiting();
    REQUIRE(app.apply(AskPlatform{PickPicture{}}));
    REQUIRE(app.apply(AskPlatform{PickPicture{}}));
    REQUIRE(app.apply(AskPlatform{SaveDrawings{ExportFormat::csv}}));
    REQUIRE(app.apply(AskPlatform{SaveDrawings{ExportFormat::images}}));
    REQUIRE(waiting.size() == 3);
    CHECK(to_json(waiting[0])["kind"] == "pick-picture");
    CHECK(to_json(waiting[2])["format"] == "images");

    const std::uint64_t first = waiting[0].id;
    REQUIRE(app.apply(RequestTaken{first}));
    CHECK(waiting.size() == 2);
    CHECK(app.apply(RequestTaken{first}).error().code == "unknown-request");
    REQUIRE(app.apply(AskPlatform{PickPicture{}}));
    CHECK(waiting.back().id > first);
}

TEST_CASE("once something has been stored, the platform is asked once to keep it, and its answer is recorded", "[app]") {
    MemoryFiles files;
    {
        App app(services(files));
        const auto& waiting = app.state().requests.waiting();
        CHECK(waiting.empty());
        CHECK(app.state().storage.persistence == Persistence::unknown);
        train_a_run(app);
        REQUIRE(waiting.size() == 1);
        CHECK(waiting[0].action == PlatformAction(PersistStorage{true}));
        REQUIRE(app.apply(RequestTaken{waiting[0].id}));
        REQUIRE(app.apply(ReportPersistence{Persistence::denied}));
        CHECK(app.state().storage.persistence == Persistence::denied);
        train_a_run(app);
        CHECK(waiting.empty());
    }
    // A later visit looks what was answered, without asking again.
    App app(services(files));
    const auto& waiting = app.state().requests.waiting();
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0].action == PlatformAction(PersistStorage{false}));
}

TEST_CASE("the platform is not asked to keep what could not be stored", "[app]") {
    MemoryFiles kept;
    FaultyFiles files(kept);
    files.writes_until_full = 0;
    App app(services(files));
    train_a_run(app);
    CHECK(app.state().requests.waiting().empty());
}

TEST_CASE("a failed request no longer waits and becomes a notice", "[app]") {
    MemoryFiles files;
    App app(services(files));
    REQUIRE(app.apply(AskPlatform{SaveArchive{}}));
    const std::uint64_t id = app.state().requests.waiting()[0].id;
    REQUIRE(app.apply(ReportRequestFailed{id, "The disk is full."}));
    CHECK(app.state().requests.waiting().empty());
    REQUIRE(app.state().notices.size() == 1);
    CHECK(app.state().notices[0].text == "The disk is full.");
    CHECK(app.state().notices[0].is_error);
}

TEST_CASE("the notice of a failed request goes when the same kind of request succeeds", "[app]") {
    MemoryFiles files;
    App app(services(files));
    const auto ask = [&](PlatformAction action) {
        REQUIRE(app.apply(AskPlatform{std::move(action)}));
        const std::uint64_t id = app.state().requests.waiting()[0].id;
        REQUIRE(app.apply(RequestTaken{id}));
        return id;
    };
    REQUIRE(app.apply(ReportRequestFailed{ask(SaveArchive{}), "The disk is full."}));
    REQUIRE(app.apply(ReportRequestFailed{ask(SaveArchive{}), "The disk is still full."}));
    REQUIRE(app.state().notices.size() == 1);
    CHECK(app.state().notices[0].text == "The disk is still full.");
    REQUIRE(app.apply(ReportRequestDone{ask(PickPicture{})}));
    CHECK(app.state().notices.size() == 1);
    REQUIRE(app.apply(ReportRequestDone{ask(SaveArchive{})}));
    CHECK(app.state().notices.empty());
}
