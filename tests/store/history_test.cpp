#include "store/history.h"

#include <catch2/catch_test_macros.hpp>
#include <set>

#include "store/memory_files.h"
#include "store/sample_runs.h"

using namespace digitlab;

TEST_CASE("runs and models survive a reload, with one file each") {
    MemoryFiles files;
    History history(files);
    Run run = new_run(history);
    REQUIRE(history.save(run, nullptr));
    CHECK(history.model(run.id).error().code == "no-model");
    const Model first = marked_model(1);
    const Model second = marked_model(2);
    REQUIRE(history.save(with_epochs(run, 1), &first));
    REQUIRE(history.save(with_epochs(run, 2), &second));
    CHECK(mark_of(history.model(run.id)) == 2);
    REQUIRE(history.save(with_epochs(run, 3), nullptr));
    CHECK(mark_of(history.model(run.id)) == 2);
    CHECK(files.list("runs").size() == 1);
    CHECK(files.list("models").size() == 1);

    const History again(files);
    REQUIRE(again.runs().size() == 1);
    CHECK(again.problems().empty());
    CHECK(again.runs()[0].epochs.size() == 3);
    CHECK(to_json(again.runs()[0]) == to_json(history.runs()[0]));
    CHECK(mark_of(again.model(run.id)) == 2);
}

TEST_CASE("ids and names are never reused") {
    MemoryFiles files;
    std::set<std::string> ids, names;
    for (int session = 0; session < 3; ++session) {
        History history(files);
        for (int i = 0; i < 4; ++i) {
            const Run run = new_run(history, i % 2 == 0 ? "softmax" : "mlp");
            CHECK(ids.insert(run.id).second);
            CHECK(names.insert(run.name).second);
            REQUIRE(history.save(run, nullptr));
        }
    }
    History history(files);
    CHECK(history.next_name("mlp") == "model_mlp_run7");
    CHECK(history.next_name("small-cnn") == "model_small-cnn_run1");
    const std::string last = history.runs().back().id;
    REQUIRE(history.remove(last));
    CHECK(history.next_id() != last);
}

TEST_CASE("renamed runs do not confuse the numbering") {
    MemoryFiles files;
    History history(files);
    for (const char* name : {"model_mlp_run7", "model_mlp_run12 (copy)", "model_mlp_run", "model_mlp_run99999999999999999999",
                             "model_mlp_run-3", "../../etc/passwd", "", "model_mlp_run08", "a\xFF\n\"b"}) {
        Run run = new_run(history, "mlp");
        run.name = name;
        CHECK(history.save(run, nullptr));
    }
    CHECK(history.next_name("mlp") == "model_mlp_run8");
}

TEST_CASE("runs are listed oldest first") {
    MemoryFiles files;
    History history(files);
    std::vector<std::string> ids;
    for (const double started : {300.0, 100.0, 200.0, 200.0}) {
        const Run run = new_run(history, "softmax", started);
        ids.push_back(run.id);
        REQUIRE(history.save(run, nullptr));
    }
    const std::vector<std::string> expected = {ids[1], ids[2], ids[3], ids[0]};
    const History again(files);
    for (const History* one : {const_cast<const History*>(&history), &again}) {
        std::vector<std::string> listed;
        for (const Run& run : one->runs()) listed.push_back(run.id);
        CHECK(listed == expected);
    }
}

TEST_CASE("hostile ids are refused and write nothing") {
    MemoryFiles files;
    History history(files);
    for (const char* id : {"", "..", "../r", "a/b", "/a", "a.1", "a b", "a\\b", "\xC3\xBC"}) {
        Run run = new_run(history);
        run.id = id;
        const Status saved = history.save(run, nullptr);
        REQUIRE_FALSE(saved);
        CHECK(saved.error().code == "bad-name");
    }
    CHECK(files.list("").empty());
    CHECK(history.remove("../r").error().code == "unknown-run");
    CHECK(history.model("../r").error().code == "unknown-run");
}

TEST_CASE("the history leaves files of others alone") {
    MemoryFiles files;
    write_text(files, "runs/notes.txt", "mine");
    write_text(files, "settings.json", "{}");
    History history(files);
    CHECK(history.problems().empty());
    const Run run = new_run(history);
    REQUIRE(history.save(run, nullptr));
    REQUIRE(history.remove(run.id));
    CHECK(files.list("").size() == 2);
}
