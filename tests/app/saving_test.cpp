#include <catch2/catch_test_macros.hpp>
#include <deque>
#include <functional>
#include <optional>

#include "app/app.h"
#include "app/settle.h"
#include "predict/sample_drawings.h"
#include "store/archive.h"
#include "store/history.h"
#include "store/memory_files.h"
#include "train/stripes.h"

using namespace digitlab;

namespace {

/// Files whose flushes end when the test says so, much as in the browser, and which can be made read-only.
class SlowFiles : public FaultyFiles {
   public:
    using FaultyFiles::FaultyFiles;
    std::deque<FlushDone> flushing;
    std::string reason;
    std::uint64_t changes = 0;

    Status write(const std::string& name, std::span<const std::uint8_t> bytes) override {
        return reason.empty() ? FaultyFiles::write(name, bytes) : fail("read-only", reason);
    }
    Status remove(const std::string& name) override {
        return reason.empty() ? FaultyFiles::remove(name) : fail("read-only", reason);
    }
    void flush(FlushDone done) override { flushing.push_back(std::move(done)); }
    std::string read_only_reason() const override { return reason; }
    std::uint64_t foreign_changes() const override { return changes; }

    void finish(const Status& result = {}) {
        REQUIRE_FALSE(flushing.empty());
        const FlushDone done = std::move(flushing.front());
        flushing.pop_front();
        done(result);
    }
    void finish_all() {
        while (!flushing.empty()) finish();
    }
};

Bytes archive_of(std::initializer_list<int> drawings) {
    Archive archive;
    for (const int number : drawings) archive.drawings.push_back(std::make_shared<const Drawing>(sample_drawing(number, 3)));
    return encode_archive(archive);
}

SavePhase phase(const App& app) { return app.state().save.phase; }

tl::unexpected<Error> no_flush() { return fail("flush-failed", "It did not work."); }

Run trained(App& app, int epochs = 1) {
    REQUIRE(app.apply(ReportDataReady{stripes(200), mnist_id}));
    REQUIRE(app.apply(StartTraining{quick_spec("softmax", epochs)}));
    wait_until(app, [&] { return app.state().training().ended(); });
    return app.state().runs.back();
}

}  // namespace

TEST_CASE("saved is shown only when the last change has been flushed") {
    MemoryFiles memory;
    SlowFiles files(memory);
    App app(services(files));
    CHECK(phase(app) == SavePhase::saved);
    REQUIRE(app.apply(ImportArchive{archive_of({1})}));
    CHECK(phase(app) == SavePhase::saving);
    REQUIRE(app.apply(RemoveDrawing{"d-0001"}));  // during the flush
    while (files.flushing.size() > 1) files.finish();
    app.update(0);
    CHECK(phase(app) == SavePhase::saving);
    CHECK(app.busy());
    files.finish();
    app.update(0);
    CHECK(phase(app) == SavePhase::saved);
    CHECK_FALSE(app.busy());
}

TEST_CASE("a flush that succeeds after a failed one has saved everything") {
    MemoryFiles memory;
    SlowFiles files(memory);
    App app(services(files));
    REQUIRE(app.apply(ImportArchive{archive_of({1})}));
    REQUIRE(app.apply(ImportArchive{archive_of({2})}));
    files.finish(no_flush());
    app.update(0);
    CHECK(phase(app) == SavePhase::failed);
    files.finish();
    app.update(0);
    CHECK(phase(app) == SavePhase::saved);
}

TEST_CASE("not saved stays while something is only in memory, whatever else is written") {
    MemoryFiles memory;
    SlowFiles files(memory);
    App app(services(files));
    REQUIRE(app.apply(ImportArchive{archive_of({1, 2})}));
    files.finish_all();
    app.update(0);
    REQUIRE(phase(app) == SavePhase::saved);
    files.writes_until_full = 0;
    REQUIRE(app.apply(LabelDrawing{"d-0001", 5}));
    CHECK(phase(app) == SavePhase::failed);
    REQUIRE(app.apply(RemoveDrawing{"d-0002"}));  // works, but there is still no room
    files.finish_all();
    app.update(0);
    CHECK(phase(app) == SavePhase::failed);
    CHECK(app.state().save.message.find("no space") != std::string::npos);

    files.writes_until_full = -1;
    REQUIRE(app.apply(LabelDrawing{"d-0001", 6}));
    files.finish_all();
    app.update(0);
    CHECK(phase(app) == SavePhase::saved);
    CHECK(App(services(memory)).state().drawings.all.at(0)->label == 6);
}

TEST_CASE("a run that did not fit is stored with its model as soon as there is room") {
    MemoryFiles memory;
    FaultyFiles files(memory);
    App app(services(files));
    REQUIRE(app.apply(ImportArchive{archive_of({1})}));
    files.writes_until_full = 0;
    const Run run = trained(app);
    CHECK(phase(app) == SavePhase::failed);
    CHECK(memory.list("runs").empty());
    files.writes_until_full = -1;
    REQUIRE(app.apply(RemoveDrawing{"d-0001"}));
    settle(app);
    CHECK(phase(app) == SavePhase::saved);
    const History history(memory);
    REQUIRE(history.find(run.id));
    CHECK(history.model(run.id));
}

TEST_CASE("removing what is only in memory leaves nothing unsaved") {
    MemoryFiles memory;
    FaultyFiles files(memory);
    App app(services(files));
    files.writes_until_full = 0;
    const Run run = trained(app);
    CHECK(phase(app) == SavePhase::failed);
    REQUIRE(app.apply(DeleteRun{run.id}));
    settle(app);
    CHECK(phase(app) == SavePhase::saved);
}

TEST_CASE("when nothing can be stored, an export still includes the weights") {
    MemoryFiles memory;
    SlowFiles files(memory);
    files.reason = "Another tab has it.";
    App app(services(files));
    const Run run = trained(app);
    CHECK(phase(app) == SavePhase::read_only);
    const auto bytes = app.archive();
    REQUIRE(bytes);
    const auto archive = decode_archive(*bytes);
    REQUIRE(archive);
    REQUIRE(archive->runs.size() == 1);
    REQUIRE(archive->runs[0].model);
    CHECK(archive->runs[0].model->tensors.size() == 2);
    CHECK(bytes->size() > 15'000);
}

TEST_CASE("a tab that takes over keeps its own runs and those that the other tab has left") {
    MemoryFiles memory;
    SlowFiles files(memory);
    Run theirs;
    {
        History other(memory);
        theirs.id = other.next_id();
        theirs.name = "theirs";
        theirs.spec = quick_spec();
        theirs.status = RunStatus::running;
    }
    files.reason = "Another tab has it.";
    App app(services(files));
    const Run mine = trained(app);
    app.perform({ChooseTheme{ThemeChoice::dark}});
    CHECK(mine.id != theirs.id);
    CHECK(memory.list("").empty());
    {
        History other(memory);
        REQUIRE(other.save(theirs, nullptr));
    }
    files.reason.clear();
    ++files.changes;
    app.take_over_store();
    app.update(0);
    files.finish_all();
    wait_until(app, [&] {
        if (!files.flushing.empty()) files.finish_all();
        return !app.busy();
    });
    CHECK(phase(app) == SavePhase::saved);
    REQUIRE(app.state().runs.size() == 2);
    CHECK(find_run(app.state(), theirs.id)->status == RunStatus::stopped);  // its tab is gone
    const History history(memory);
    CHECK(history.runs().size() == 2);
    CHECK(history.model(mine.id));
    CHECK(memory.list("settings").size() == 1);
}
