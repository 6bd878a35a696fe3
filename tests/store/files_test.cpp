#include <catch2/catch_test_macros.hpp>

#include "store/memory_files.h"

using namespace digitlab;

namespace {

const Bytes one{1}, two{2, 2};

/// The code of the expected error.
template <class T>
std::string code(const Result<T>& result) {
    REQUIRE_FALSE(result);
    CHECK_FALSE(result.error().message.empty());
    return result.error().code;
}

}  // namespace

TEST_CASE("memory files are listed by folder, read, and never rewritten") {
    MemoryFiles files;
    REQUIRE(files.write("runs/b", one));
    REQUIRE(files.write("runs/a", two));
    REQUIRE(files.write("runs-old/a", one));
    CHECK(files.list("runs") == std::vector<std::string>{"runs/a", "runs/b"});
    CHECK(files.list("").size() == 3);
    CHECK(files.list("nothing").empty());
    CHECK(*files.read("runs/a") == two);
    CHECK(files.size("runs/a") == 2);
    CHECK(files.size("runs/c") == 0);
    CHECK(code(files.read("runs/c")) == "no-file");
    CHECK(code(files.write("runs/a", one)) == "exists");
    CHECK(code(files.write("../a", one)) == "bad-name");
    CHECK(*files.read("runs/a") == two);
    REQUIRE(files.remove("runs/a"));
    REQUIRE(files.remove("runs/a"));
    CHECK(code(files.read("runs/a")) == "no-file");
}

TEST_CASE("faulty files fail where told to and pass on the rest") {
    MemoryFiles memory;
    FaultyFiles files(memory);
    REQUIRE(files.write("a", one));
    files.writes_until_full = 1;
    REQUIRE(files.write("b", one));
    CHECK(code(files.write("c", one)) == "no-space");
    CHECK(code(files.write("c", one)) == "no-space");
    files.unreadable.insert("a");
    CHECK(code(files.read("a")) == "unreadable");
    CHECK(files.read("b"));
    files.removes_until_crash = 0;
    CHECK_FALSE(files.remove("a"));
    CHECK(memory.list("").size() == 2);

    int calls = 0;
    files.flush([&](const Status& status) { calls += status ? 1 : 100; });
    files.flush_fails = true;
    files.flush([&](const Status& status) { calls += !status && status.error().code == "flush-failed" ? 10 : 100; });
    CHECK(calls == 11);
}
