// WebAssembly builds have no DiskFiles.
#if !defined(__EMSCRIPTEN__)

#include "platform/native/disk_files.h"

#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <string>

#include "platform/native/temporary_folder.h"

using namespace digitlab;

namespace {

namespace fs = std::filesystem;

const Bytes one{1}, two{2, 2};

template <class T>
std::string code(const Result<T>& result) {
    REQUIRE_FALSE(result);
    CHECK_FALSE(result.error().message.empty());
    return result.error().code;
}

}  // namespace

TEST_CASE("files on disk can be read by another object") {
    const TemporaryFolder folder;
    const fs::path root = folder.path() / "made" / "when needed";
    DiskFiles files(root);
    CHECK(files.list("").empty());
    CHECK_FALSE(fs::exists(root));
    REQUIRE(files.write("runs/b.json", one));
    REQUIRE(files.write("runs/a.json", two));
    REQUIRE(files.write("models/empty", {}));
    Status flushed = fail("not-called", "");
    files.flush([&](Status status) { flushed = std::move(status); });
    CHECK(flushed);

    DiskFiles again(root);
    CHECK(again.list("") == std::vector<std::string>{"models/empty", "runs/a.json", "runs/b.json"});
    CHECK(again.list("runs") == std::vector<std::string>{"runs/a.json", "runs/b.json"});
    CHECK(*again.read("runs/a.json") == two);
    CHECK(again.size("runs/a.json") == 2);
    CHECK(again.size("runs/c.json") == 0);
    CHECK(again.size("../a.json") == 0);
    CHECK(again.read("models/empty")->empty());
    REQUIRE(again.remove("runs/a.json"));
    REQUIRE(again.remove("runs/a.json"));
    CHECK(code(again.read("runs/a.json")) == "no-file");
    CHECK(code(again.read("runs")) == "no-file");
}

TEST_CASE("a name can be written only once") {
    const TemporaryFolder folder;
    DiskFiles files(folder.path());
    DiskFiles other(folder.path());
    REQUIRE(files.write("a", one));
    CHECK(code(files.write("a", two)) == "exists");
    CHECK(code(other.write("a", two)) == "exists");
    CHECK(*files.read("a") == one);
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);  // no unfinished file is left
}

TEST_CASE("names that lead elsewhere are refused for every operation") {
    const TemporaryFolder folder;
    DiskFiles files(folder.path() / "store");
    std::ofstream(folder.path() / "secret") << "secret";
    for (const std::string name : {"../secret", "/etc/passwd", "", "a/../../secret", ".hidden"}) {
        INFO(name);
        CHECK(code(files.write(name, one)) == "bad-name");
        CHECK(code(files.read(name)) == "bad-name");
        CHECK(code(files.remove(name)) == "bad-name");
    }
    CHECK(files.list("..").empty());
    CHECK(fs::exists(folder.path() / "secret"));
}

TEST_CASE("the remains of a crashed write are not listed") {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / ".writing-1-a") << "half";
    const DiskFiles files(folder.path());
    CHECK(files.list("").empty());
}

TEST_CASE("a folder that cannot be created is reported") {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "file") << "in the way";
    DiskFiles files(folder.path() / "file");
    CHECK(code(files.write("a", one)) == "write-failed");
    CHECK(files.list("").empty());
    CHECK(code(files.read("a")) == "no-file");
}

TEST_CASE("a full disk has its own error code") {
    // Writing to /dev/full always fails with "no space left on device".
    if (!fs::exists("/dev/full")) SKIP("this system has no /dev/full");
    const TemporaryFolder folder;
    const fs::path unfinished = folder.path() / (".writing-" + std::to_string(::getpid()) + "-a");
    fs::create_symlink("/dev/full", unfinished);
    DiskFiles files(folder.path());
    CHECK(code(files.write("a", one)) == "no-space");
    CHECK(files.list("").empty());
}

#endif
