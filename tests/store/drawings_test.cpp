#include "store/drawings.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "predict/sample_drawings.h"
#include "store/memory_files.h"
#include "store/sample_runs.h"

using namespace digitlab;

namespace {

std::vector<std::string> ids_of(const DrawingLog& log) {
    std::vector<std::string> ids;
    for (const auto& drawing : log.drawings()) ids.push_back(drawing->id);
    return ids;
}

}  // namespace

TEST_CASE("drawings are kept in order, changed and removed") {
    MemoryFiles files;
    {
        DrawingLog log(files);
        CHECK(log.next_id() == "d-0001");
        REQUIRE(log.save(sample_drawing(2)));
        REQUIRE(log.save(sample_drawing(1)));
        REQUIRE(log.save(sample_drawing(10, 4)));
        CHECK(log.next_id() == "d-0011");
        REQUIRE(log.save(sample_drawing(1, 8)));
        CHECK(log.find("d-0001")->label == 8);
    }
    DrawingLog log(files);
    CHECK(log.problems().empty());
    CHECK(ids_of(log) == std::vector<std::string>{"d-0001", "d-0002", "d-0010"});
    CHECK(log.find("d-0001")->label == 8);
    CHECK(files.list("").size() == 3);
    REQUIRE(log.remove("d-0010"));
    CHECK(log.remove("d-0010").error().code == "unknown-drawing");
    CHECK(log.next_id() == "d-0011");  // not used again
    CHECK(DrawingLog(files).drawings().size() == 2);
    REQUIRE(log.clear());
    CHECK(log.drawings().empty());
    CHECK(files.list("").empty());
}

TEST_CASE("drawings and runs do not see each other's files") {
    MemoryFiles files;
    History history(files);
    REQUIRE(history.save(new_run(history), nullptr));
    DrawingLog log(files);
    REQUIRE(log.save(sample_drawing(1)));
    CHECK(History(files).problems().empty());
    CHECK(DrawingLog(files).problems().empty());
    REQUIRE(log.clear());
    CHECK(History(files).runs().size() == 1);
}

TEST_CASE("beyond the limit the oldest drawing without a label is removed, never one with a label") {
    MemoryFiles files;
    DrawingLog log(files, 3);
    REQUIRE(log.save(sample_drawing(1, 5)));
    REQUIRE(log.save(sample_drawing(2)));
    REQUIRE(log.save(sample_drawing(3)));
    REQUIRE(log.save(sample_drawing(2, 2)));  // a change needs no room
    CHECK(log.drawings().size() == 3);
    REQUIRE(log.save(sample_drawing(4, 4)));
    CHECK(ids_of(log) == std::vector<std::string>{"d-0001", "d-0002", "d-0004"});
    CHECK(log.save(sample_drawing(5, 4)).error().code == "log-full");
    CHECK(ids_of(DrawingLog(files)) == ids_of(log));
}

TEST_CASE("a full disk leaves the log of drawings as it was") {
    MemoryFiles memory;
    FaultyFiles files(memory);
    DrawingLog log(files, 1);
    REQUIRE(log.save(sample_drawing(1)));
    const auto before = memory.list("");
    files.writes_until_full = 0;
    CHECK(log.save(sample_drawing(1, 3)).error().code == "no-space");
    CHECK(log.save(sample_drawing(2)).error().code == "no-space");
    CHECK(memory.list("") == before);
    CHECK_FALSE(log.find("d-0001")->label);
    CHECK_FALSE(log.find("d-0002"));
    files.writes_until_full = -1;
    REQUIRE(log.save(sample_drawing(1, 3)));
    CHECK(DrawingLog(memory).find("d-0001")->label == 3);
}

TEST_CASE("a crash between writing a drawing and removing its old revision keeps the new one") {
    MemoryFiles memory;
    FaultyFiles files(memory);
    {
        DrawingLog log(files);
        REQUIRE(log.save(sample_drawing(1)));
        files.removes_until_crash = 0;
        REQUIRE(log.save(sample_drawing(1, 6)));
    }
    CHECK(memory.list("").size() == 2);
    DrawingLog log(memory);
    CHECK(log.problems().empty());
    REQUIRE(log.drawings().size() == 1);
    CHECK(log.drawings()[0]->label == 6);
    REQUIRE(log.save(sample_drawing(1, 7)));
    CHECK(memory.list("").size() == 1);
    CHECK(DrawingLog(memory).find("d-0001")->label == 7);
}

TEST_CASE("an interrupted removal of drawings can be repeated and brings nothing back") {
    MemoryFiles memory;
    FaultyFiles files(memory);
    {
        DrawingLog log(files);
        REQUIRE(log.save(sample_drawing(1)));
        files.removes_until_crash = 0;
        REQUIRE(log.save(sample_drawing(1, 6)));
        REQUIRE(log.save(sample_drawing(2)));
        files.removes_until_crash = 1;
        CHECK_FALSE(log.remove("d-0001"));
        CHECK(log.find("d-0001"));
        CHECK_FALSE(log.clear());
    }
    DrawingLog log(memory);
    REQUIRE(log.find("d-0001"));
    CHECK(log.find("d-0001")->label == 6);
    REQUIRE(log.clear());
    CHECK(memory.list("").empty());
}

TEST_CASE("an unreadable or damaged drawing is reported, never deleted, and the others are listed") {
    MemoryFiles memory;
    FaultyFiles files(memory);
    {
        DrawingLog log(files);
        REQUIRE(log.save(sample_drawing(1)));
        REQUIRE(log.save(sample_drawing(2)));
    }
    const std::string bad_file = "drawings/d-0001.1.json";
    SECTION("unreadable") { files.unreadable.insert(bad_file); }
    SECTION("cut short anywhere") {
        const std::string text = text_of(memory, bad_file);
        for (std::size_t size = 0; size < text.size(); size += 7) {
            REQUIRE(memory.remove(bad_file));
            write_text(memory, bad_file, text.substr(0, size));
            CHECK(DrawingLog(files).problems().size() == 1);
        }
    }
    SECTION("another drawing's contents") {
        REQUIRE(memory.remove(bad_file));
        write_text(memory, bad_file, text_of(memory, "drawings/d-0002.1.json"));
    }
    DrawingLog log(files);
    CHECK(ids_of(log) == std::vector<std::string>{"d-0002"});
    REQUIRE(log.problems().size() == 1);
    CHECK(log.problems()[0].find(bad_file) != std::string::npos);
    REQUIRE(log.clear());
    CHECK(memory.list("") == std::vector{bad_file});
    REQUIRE(log.save(sample_drawing(1, 4)));  // beside it, under a new name
    CHECK(memory.list("") == std::vector<std::string>{bad_file, "drawings/d-0001.2.json"});
}

TEST_CASE("when the newest revision of a drawing is damaged, the previous one is used") {
    MemoryFiles files;
    {
        DrawingLog log(files);
        REQUIRE(log.save(sample_drawing(1, 2)));
    }
    write_text(files, "drawings/d-0001.2.json", "{\"formatVersion\": 1");
    DrawingLog log(files);
    CHECK(log.problems().size() == 1);
    REQUIRE(log.find("d-0001"));
    CHECK(log.find("d-0001")->label == 2);
    REQUIRE(log.save(sample_drawing(1, 3)));
    CHECK(files.list("") == std::vector<std::string>{"drawings/d-0001.2.json", "drawings/d-0001.3.json"});
}

TEST_CASE("a drawing written by a newer program is neither shown in an old state nor overwritten") {
    MemoryFiles files;
    {
        DrawingLog log(files);
        REQUIRE(log.save(sample_drawing(1, 2)));
    }
    write_text(files, "drawings/d-0001.2.json", R"({"formatVersion": 2, "everything": "new"})");
    const auto before = files.list("");
    DrawingLog log(files);
    CHECK(log.drawings().empty());
    CHECK(log.next_id() == "d-0002");
    CHECK(log.save(sample_drawing(1)).error().code == "newer-version");
    CHECK(files.list("") == before);
}
