#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "store/history.h"
#include "store/memory_files.h"
#include "store/sample_runs.h"

using namespace digitlab;

TEST_CASE("a full disk leaves the last state as it was, whichever write fails") {
    const Model model = marked_model(1);
    const Model better = marked_model(2);
    for (const int writes : {0, 1}) {
        MemoryFiles memory;
        FaultyFiles files(memory);
        History history(files);
        const Run run = new_run(history);
        REQUIRE(history.save(with_epochs(run, 1), &model));
        const auto before = memory.list("");

        files.writes_until_full = writes;
        const Status saved = history.save(with_epochs(run, 2), &better);
        REQUIRE_FALSE(saved);
        CHECK(saved.error().code == "no-space");
        CHECK(memory.list("") == before);
        CHECK(history.runs()[0].epochs.size() == 1);
        CHECK(mark_of(history.model(run.id)) == 1);
        const History reloaded(memory);
        CHECK(reloaded.runs()[0].epochs.size() == 1);
        CHECK(mark_of(reloaded.model(run.id)) == 1);

        files.writes_until_full = -1;
        REQUIRE(history.save(with_epochs(run, 2), &better));
        CHECK(mark_of(History(memory).model(run.id)) == 2);
        CHECK(memory.list("").size() == 2);
    }
}

TEST_CASE("a crash between writing the new revision and removing the old one keeps the new one") {
    const Model model = marked_model(1);
    const Model better = marked_model(2);
    for (const int removes : {0, 1}) {
        MemoryFiles memory;
        FaultyFiles files(memory);
        Run run;
        {
            History history(files);
            run = new_run(history);
            REQUIRE(history.save(with_epochs(run, 1), &model));
            files.removes_until_crash = removes;
            REQUIRE(history.save(with_epochs(run, 2), &better));
        }
        files.removes_until_crash = -1;
        History history(files);
        CHECK(history.problems().empty());
        REQUIRE(history.runs().size() == 1);
        CHECK(history.runs()[0].epochs.size() == 2);
        CHECK(mark_of(history.model(run.id)) == 2);
        REQUIRE(history.save(with_epochs(run, 3), nullptr));
        CHECK(memory.list("").size() == 2);  // the leftovers are gone
        CHECK(mark_of(History(memory).model(run.id)) == 2);
    }
}

TEST_CASE("a crash between writing the model and the run keeps the old revision") {
    MemoryFiles memory;
    FaultyFiles files(memory);
    Run run;
    const Model model = marked_model(1);
    const Model better = marked_model(2);
    {
        History history(files);
        run = new_run(history);
        REQUIRE(history.save(with_epochs(run, 1), &model));
        files.writes_until_full = 1;
        files.removes_until_crash = 0;
        REQUIRE_FALSE(history.save(with_epochs(run, 2), &better));
    }
    CHECK(memory.list("models").size() == 2);
    History history(memory);
    CHECK(history.runs()[0].epochs.size() == 1);
    CHECK(mark_of(history.model(run.id)) == 1);
    REQUIRE(history.save(with_epochs(run, 2), &better));
    CHECK(memory.list("").size() == 2);
    CHECK(mark_of(History(memory).model(run.id)) == 2);
}

TEST_CASE("an interrupted removal of a run can be repeated and brings nothing back") {
    const Model model = marked_model(1);
    for (int removes = 0; removes < 4; ++removes) {
        MemoryFiles memory;
        FaultyFiles files(memory);
        Run run;
        {
            History history(files);
            run = new_run(history);
            REQUIRE(history.save(with_epochs(run, 1), &model));
            files.removes_until_crash = 0;
            REQUIRE(history.save(with_epochs(run, 2), &model));  // leaves old revisions behind
            files.removes_until_crash = removes;
            CHECK_FALSE(history.remove(run.id));
            CHECK(history.find(run.id));
        }
        History history(memory);
        REQUIRE(history.find(run.id));
        CHECK(history.find(run.id)->epochs.size() == 2);
        REQUIRE(history.remove(run.id));
        CHECK(memory.list("").empty());
        CHECK(History(memory).runs().empty());
    }
}

TEST_CASE("an unreadable or damaged run is reported, never deleted, and the others are listed") {
    MemoryFiles memory;
    FaultyFiles files(memory);
    std::string bad_id;
    {
        History history(files);
        const Run bad = new_run(history);
        bad_id = bad.id;
        REQUIRE(history.save(bad, nullptr));
        REQUIRE(history.save(new_run(history), nullptr));
    }
    const std::string bad_file = "runs/" + bad_id + ".1.json";
    SECTION("unreadable") { files.unreadable.insert(bad_file); }
    SECTION("cut short anywhere") {
        const std::string text = text_of(memory, bad_file);
        for (std::size_t size = 0; size < text.size(); ++size) {
            REQUIRE(memory.remove(bad_file));
            write_text(memory, bad_file, text.substr(0, size));
            CHECK(History(files).problems().size() == 1);
        }
    }
    SECTION("another run's contents") {
        REQUIRE(memory.remove(bad_file));
        write_text(memory, bad_file, text_of(memory, "runs/" + History(memory).runs().back().id + ".1.json"));
    }
    SECTION("a model file outside the folder") {
        std::string text = text_of(memory, bad_file);
        const std::string empty = "\"modelFile\": \"\"";
        text.replace(text.find(empty), empty.size(), "\"modelFile\": \"../../secret\"");
        REQUIRE(memory.remove(bad_file));
        write_text(memory, bad_file, text);
    }
    History history(files);
    CHECK(history.runs().size() == 1);
    REQUIRE(history.problems().size() == 1);
    CHECK(history.problems()[0].find(bad_file) != std::string::npos);
    CHECK(history.find(bad_id) == nullptr);
    CHECK(history.next_id() != bad_id);
    const Run next = new_run(history);
    REQUIRE(history.save(next, nullptr));
    REQUIRE(history.remove(next.id));
    CHECK(std::ranges::count(memory.list("runs"), bad_file) == 1);
}

TEST_CASE("when the newest revision of a run is damaged, the previous one is used and the damaged one is kept") {
    MemoryFiles files;
    const Model model = marked_model(1);
    Run run;
    {
        History history(files);
        run = new_run(history);
        REQUIRE(history.save(with_epochs(run, 1), &model));
    }
    write_text(files, "runs/" + run.id + ".2.json", "{\"formatVersion\": 1, \"id\"");
    write_text(files, "models/" + run.id + ".2.dglb", "half a model");
    History history(files);
    REQUIRE(history.runs().size() == 1);
    CHECK(history.problems().size() == 1);
    REQUIRE(history.save(with_epochs(run, 2), &model));
    CHECK(files.list("") == std::vector<std::string>{"models/" + run.id + ".2.dglb", "models/" + run.id + ".3.dglb",
                                                     "runs/" + run.id + ".2.json", "runs/" + run.id + ".3.json"});
    REQUIRE(history.remove(run.id));
    CHECK(files.list("") == std::vector<std::string>{"models/" + run.id + ".2.dglb", "runs/" + run.id + ".2.json"});
}

TEST_CASE("a run written by a newer program is neither shown in an old state nor overwritten") {
    MemoryFiles files;
    Run run;
    {
        History history(files);
        run = new_run(history);
        REQUIRE(history.save(run, nullptr));
    }
    write_text(files, "runs/" + run.id + ".2.json", R"({"formatVersion": 2, "everything": "new"})");
    const auto before = files.list("");
    History history(files);
    CHECK(history.runs().empty());
    CHECK(history.problems().size() == 1);
    CHECK(history.next_id() != run.id);
    const Status saved = history.save(run, nullptr);
    REQUIRE_FALSE(saved);
    CHECK(saved.error().code == "newer-version");
    CHECK(history.remove(run.id).error().code == "unknown-run");
    CHECK(files.list("") == before);
}

TEST_CASE("a damaged or missing model affects only itself") {
    MemoryFiles files;
    const Model model = marked_model(1);
    History history(files);
    const Run run = new_run(history);
    REQUIRE(history.save(run, &model));
    const std::string path = files.list("models").at(0);
    auto bytes = *files.read(path);
    bytes[bytes.size() / 2] ^= 1;
    REQUIRE(files.remove(path));
    CHECK(History(files).model(run.id).error().code == "no-file");
    REQUIRE(files.write(path, bytes));
    const History again(files);
    CHECK(again.runs().size() == 1);
    CHECK(again.model(run.id).error().code == "bad-model");
    CHECK(files.list("models").size() == 1);
}
