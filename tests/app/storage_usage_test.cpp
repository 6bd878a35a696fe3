#include "app/storage_usage.h"

#include <catch2/catch_test_macros.hpp>
#include <initializer_list>

#include "app/settle.h"
#include "data/packed.h"
#include "store/memory_files.h"
#include "train/stripes.h"

using namespace digitlab;

namespace {

/// Counts how often the size of a file is asked for.
class AskedFiles : public MemoryFiles {
   public:
    std::size_t size(const std::string& name) const override {
        ++asked;
        return MemoryFiles::size(name);
    }
    mutable int asked = 0;
};

std::size_t bytes_in(const Files& files, std::initializer_list<const char*> folders) {
    std::size_t bytes = 0;
    for (const char* folder : folders) {
        for (const std::string& name : files.list(folder)) bytes += files.read(name).value().size();
    }
    return bytes;
}

void check_bytes(const StorageState& storage, const Files& files) {
    CHECK(storage.runs.bytes == bytes_in(files, {"runs", "run-labels"}));
    CHECK(storage.models.bytes == bytes_in(files, {"models", "checkpoints"}));
    CHECK(storage.drawings.bytes == bytes_in(files, {"drawings"}));
    CHECK(storage.datasets.bytes == bytes_in(files, {"datasets"}));
}

/// Trains a run and renames it, labels a drawing and adds a data set.
void fill(App& app) {
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(StartTraining{quick_spec("softmax", 1)}));
    settle(app);
    REQUIRE(app.apply(RenameRun{app.state().runs.front().id, "mine"}));
    REQUIRE(app.apply(DrawLine{{100, 60}, {100, 300}, 36}));
    settle(app);
    REQUIRE(app.apply(LabelDrawn{1}));
    std::string table;
    for (int row = 0; row < 40; ++row) table += csv_row(row % 2 == 0 ? "A" : "B", row % 2);
    REQUIRE(app.apply(AddDataset{"letters", {{"letters.csv", bytes_of_text(table)}}}));
    settle(app);
}

}  // namespace

TEST_CASE("the state says how much is stored of each kind, after each change and after a reload", "[app]") {
    MemoryFiles files;
    App app(services(files));
    const StorageState& storage = app.state().storage;
    CHECK(storage.runs == StoredAmount{});
    fill(app);
    for (const StoredAmount* one : {&storage.runs, &storage.models, &storage.drawings, &storage.datasets}) {
        CHECK(one->count == 1);
        CHECK(one->bytes > 0);
    }
    check_bytes(storage, files);
    App again(services(files));
    CHECK(again.state().storage.models == storage.models);
    check_bytes(again.state().storage, files);

    REQUIRE(again.apply(DeleteRun{again.state().runs.front().id}));
    REQUIRE(again.apply(RemoveDataset{"letters"}));
    settle(again);
    CHECK(again.state().storage.runs == StoredAmount{});
    CHECK(again.state().storage.models == StoredAmount{});
    CHECK(again.state().storage.datasets == StoredAmount{});
    CHECK(again.state().storage.drawings.count == 1);
}

TEST_CASE("the size of each file is asked for only once", "[app]") {
    AskedFiles files;
    App app(services(files));
    fill(app);
    const int asked = files.asked;
    CHECK(asked > 0);
    for (int frame = 0; frame < 10; ++frame) app.update(0);
    CHECK(files.asked == asked);
    REQUIRE(app.apply(DeleteRun{app.state().runs.front().id}));
    settle(app);
    CHECK(files.asked == asked);
}
