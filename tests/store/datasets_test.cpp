#include "store/datasets.h"

#include <catch2/catch_test_macros.hpp>
#include <set>

#include "store/memory_files.h"

using namespace digitlab;

namespace {

std::shared_ptr<const Dataset> part(std::size_t rows) {
    auto data = std::make_shared<Dataset>();
    data->name = "Letters";
    data->classes = 3;
    data->class_names = {"A", "B", "\u00C7"};
    for (std::size_t i = 0; i < rows * 784; ++i) data->pixels.push_back(static_cast<std::uint8_t>(i * 7));
    for (std::size_t i = 0; i < rows; ++i) data->labels.push_back(static_cast<std::uint8_t>(i % 3));
    return data;
}

const DataPair pair = {part(30), part(6)};

DatasetInfo named(const DatasetStore& store, const std::string& name) {
    DatasetInfo info;
    info.name = name;
    info.id = store.free_id(name);
    return info;
}

}  // namespace

TEST_CASE("a data set is stored with its names, pictures and labels") {
    MemoryFiles files;
    {
        DatasetStore store(files);
        REQUIRE(store.save(named(store, "My Letters!"), pair));
        CHECK(store.free_id("my letters") == "my-letters-2");
    }
    DatasetStore again(files);
    REQUIRE(again.all().size() == 1);
    const DatasetInfo& info = again.all().front();
    CHECK(info.id == "my-letters");
    CHECK(info.name == "My Letters!");
    CHECK(info.classes == 3);
    CHECK(info.train_rows == 30);
    CHECK(info.test_rows == 6);
    const auto loaded = again.load("my-letters");
    REQUIRE(loaded);
    CHECK(loaded->train->pixels == pair.train->pixels);
    CHECK(loaded->train->labels == pair.train->labels);
    CHECK(loaded->test->pixels == pair.test->pixels);
    CHECK(loaded->test->labels == pair.test->labels);
    CHECK(loaded->test->class_names == pair.test->class_names);
    REQUIRE(again.remove("my-letters"));
    CHECK(files.list("datasets").empty());
    CHECK(again.remove("my-letters").error().code == "unknown-dataset");
    CHECK(again.load("my-letters").error().code == "unknown-dataset");
}

TEST_CASE("ten numbered classes are digits unless something else is noted, which leaves the pictures alone") {
    auto numbers = std::make_shared<Dataset>(*pair.train);
    numbers->classes = 10;
    numbers->class_names.clear();
    numbers->kind = DataKind::digits;
    MemoryFiles files;
    {
        DatasetStore store(files);
        REQUIRE(store.save(named(store, "x"), {numbers, numbers}));
        CHECK(DatasetStore(files).find("x")->kind == DataKind::digits);
        CHECK(store.load("x")->train->kind == DataKind::digits);
        REQUIRE(store.set_kind("x", DataKind::other));
        CHECK(store.load("x")->train->kind == DataKind::other);
        CHECK(store.set_kind("y", DataKind::other).error().code == "unknown-dataset");
    }
    DatasetStore again(files);
    CHECK(files.list("datasets").size() == 2);
    CHECK(again.find("x")->kind == DataKind::other);
    CHECK(again.load("x")->test->kind == DataKind::other);
    CHECK(again.load("x")->train->pixels == numbers->pixels);
    REQUIRE(again.set_kind("x", DataKind::digits));
    CHECK(DatasetStore(files).find("x")->kind == DataKind::digits);
    REQUIRE(again.remove("x"));
    CHECK(files.list("datasets").empty());
}

TEST_CASE("ids are made from names and never equal those of ready-made data sets") {
    MemoryFiles files;
    const DatasetStore store(files);
    CHECK(store.free_id("MNIST") == "mnist-2");
    CHECK(store.free_id("Fashion MNIST") == "fashion-mnist-2");
    CHECK(store.free_id("\u6F22\u5B57") == "data-set");
    CHECK(store.free_id("  a--b  ") == "a-b");
    CHECK(store.free_id(std::string(500, 'x')).size() == 40);
}

TEST_CASE("every damaged byte of the pictures is detected") {
    MemoryFiles files;
    DatasetStore store(files);
    REQUIRE(store.save(named(store, "x"), pair));
    const Bytes bytes = *files.read("datasets/x.1.bin");
    for (const std::size_t at : {std::size_t{0}, bytes.size() / 2, bytes.size() - 1}) {
        Bytes damaged = bytes;
        damaged[at] ^= 1;
        REQUIRE(files.remove("datasets/x.1.bin"));
        REQUIRE(files.write("datasets/x.1.bin", damaged));
        CHECK(store.load("x").error().code == "bad-dataset");
    }
    REQUIRE(files.remove("datasets/x.1.bin"));
    CHECK(store.load("x").error().code == "no-file");
}

TEST_CASE("a full disk leaves no half-saved data set, and an interrupted save is cleaned up") {
    MemoryFiles files;
    for (const int writes : {0, 1}) {
        FaultyFiles faulty(files);
        faulty.writes_until_full = writes;
        DatasetStore store(faulty);
        CHECK(store.save(named(store, "x"), pair).error().code == "no-space");
        CHECK(store.all().empty());
        CHECK(files.list("").empty());
    }
    REQUIRE(files.write("datasets/orphan.1.bin", Bytes{1, 2, 3}));
    const DatasetStore store(files);
    CHECK(files.list("").empty());
}

TEST_CASE("a data set can be added again while the removal of one with the same id waits for a flush") {
    /// Removed files stay until the flush is over, as in the browser.
    class FlushingFiles : public MemoryFiles {
       public:
        std::vector<std::string> list(const std::string& folder) const override {
            std::vector<std::string> names = MemoryFiles::list(folder);
            std::erase_if(names, [&](const std::string& name) { return removed_.contains(name); });
            return names;
        }
        Status remove(const std::string& name) override {
            removed_.insert(name);
            return {};
        }

       private:
        std::set<std::string> removed_;
    } files;
    DatasetStore store(files);
    for (int i = 0; i < 3; ++i) {
        REQUIRE(store.save(named(store, "x"), pair));
        CHECK(store.all().front().id == "x");
        CHECK(store.load("x"));
        REQUIRE(store.remove("x"));
        CHECK(files.list("").empty());
    }
}

TEST_CASE("damaged and newer descriptions are left alone and reported") {
    for (const char* text :
         {"{", "[]", "{}", R"({"formatVersion": 99, "id": "x", "name": "x"})",
          R"({"formatVersion": 1, "id": "y", "name": "x", "classes": 2, "classNames": []})",
          R"({"formatVersion": 1, "id": "x", "name": "x", "classes": 200, "classNames": []})",
          R"({"formatVersion": 1, "id": "x", "name": "x", "classes": 2, "classNames": [1, 2]})",
          R"({"formatVersion": 1, "id": "x", "name": "x", "classes": 2, "classNames": ["a"]})",
          R"({"formatVersion": 1, "id": "x", "name": "x", "classes": 2, "classNames": [], "trainRows": 1e9})"}) {
        MemoryFiles files;
        const std::string json = text;
        REQUIRE(files.write("datasets/x.1.json", Bytes(json.begin(), json.end())));
        REQUIRE(files.write("datasets/x.1.bin", Bytes{1}));
        const DatasetStore store(files);
        CHECK(store.all().empty());
        CHECK(store.problems().size() == 1);
        CHECK(files.list("").size() == 2);
        CHECK(store.free_id("x") == "x-2");
    }
}
