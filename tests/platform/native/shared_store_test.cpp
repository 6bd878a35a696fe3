// Several programs use one store. Two objects stand for two programs, since locks do not distinguish them.
#if !defined(__EMSCRIPTEN__)

#include <catch2/catch_test_macros.hpp>

#include "app/app.h"
#include "app/settle.h"
#include "platform/native/disk_files.h"
#include "platform/native/temporary_folder.h"
#include "predict/sample_drawings.h"
#include "store/archive.h"
#include "store/drawings.h"
#include "store/history.h"
#include "store/sample_runs.h"
#include "train/stripes.h"

using namespace digitlab;

namespace {

void start_training(App& app, int epochs, std::size_t rows = 200) {
    REQUIRE(app.apply(ReportDataReady{stripes(rows), mnist_id}));
    REQUIRE(app.apply(StartTraining{quick_spec("softmax", epochs)}));
}

}  // namespace

TEST_CASE("only one program at a time changes a store, and the others wait or say why they cannot") {
    const TemporaryFolder folder;
    DiskFiles first(folder.path() / "store"), second(folder.path() / "store", 0.05);
    CHECK(second.hold(Files::Use::reading).value() == nullptr);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "store"));
    auto held = first.hold(Files::Use::changing);
    REQUIRE(held);
    CHECK(*first.hold(Files::Use::changing) == *held);  // it is already held
    const auto refused = second.hold(Files::Use::changing);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "busy");
    CHECK(refused.error().message.find(folder.path().string()) != std::string::npos);
    CHECK(refused.error().message.find("--store") != std::string::npos);
    held->reset();
    CHECK(second.hold(Files::Use::changing));
    CHECK(first.list("").empty());  // lock files are not part of the store
}

TEST_CASE("a claim belongs to one program until it is released") {
    const TemporaryFolder folder;
    DiskFiles first(folder.path()), second(folder.path());
    auto claim = first.claim("r-0001");
    REQUIRE(claim);
    CHECK(second.claim("r-0001").error().code == "busy");
    CHECK(second.claim("r-0002"));
    CHECK(second.claim("../r-0002").error().code == "bad-name");
    claim->reset();
    CHECK(second.claim("r-0001"));
    CHECK(first.claim("r-0001"));
}

TEST_CASE("a program learns of changes by others but not of its own") {
    const TemporaryFolder folder;
    DiskFiles first(folder.path()), second(folder.path());
    const auto changes_seen_by = [](DiskFiles& files) {
        REQUIRE(files.hold(Files::Use::changing));
        return files.foreign_changes();
    };
    const auto before = changes_seen_by(second);
    {
        const auto held = first.hold(Files::Use::changing);
        REQUIRE(first.write("a", Bytes{1}));
    }
    CHECK(changes_seen_by(first) == 0);
    CHECK(changes_seen_by(second) == before + 1);
    CHECK(changes_seen_by(second) == before + 1);
}

TEST_CASE("two histories of one store see each other's runs and keep them") {
    const TemporaryFolder folder;
    DiskFiles first_files(folder.path()), second_files(folder.path());
    History first(first_files), second(second_files);
    const Model model = marked_model(1), other_model = marked_model(2);
    const Run run = new_run(first);
    REQUIRE(first.save(run, &model));
    const Run same_id = new_run(second);
    CHECK(same_id.id == run.id);
    CHECK(second.save(same_id, &other_model).error().code == "exists");
    const Run next = new_run(second);
    CHECK(next.id != run.id);
    CHECK(next.name != run.name);
    REQUIRE(second.save(next, &other_model));
    REQUIRE(first.save(with_epochs(run, 3), &model));
    REQUIRE(second.remove(next.id));
    REQUIRE(first.begin_change());
    CHECK(first.runs().size() == 1);
    CHECK(mark_of(History(second_files).model(run.id)) == 1);
}

TEST_CASE("two programs that train on one store at the same time keep both runs") {
    const TemporaryFolder folder;
    DiskFiles first_files(folder.path()), second_files(folder.path());
    App first(services(first_files, 1)), second(services(second_files, 1));
    start_training(first, 3);
    start_training(second, 3);
    const double deadline = monotonic_secs() + 300;
    while ((first.busy() || second.busy()) && monotonic_secs() < deadline) {
        look(first);
        look(second);
    }
    const History history(first_files);
    REQUIRE(history.runs().size() == 2);
    CHECK(history.problems().empty());
    CHECK(history.runs()[0].name != history.runs()[1].name);
    for (const Run& run : history.runs()) {
        CHECK(run.status == RunStatus::finished);
        CHECK(run.epochs.size() == 3);
        CHECK(history.model(run.id));
    }
    CHECK(first.state().save.phase == SavePhase::saved);
    CHECK(second.state().save.phase == SavePhase::saved);
}

TEST_CASE("a run that another running program trains is left alone") {
    const TemporaryFolder folder;
    DiskFiles files(folder.path());
    std::string id;
    {
        App training(services(files, 1));
        start_training(training, 1000, 20'000);
        id = training.state().runs.back().id;
        wait_until(training, [&] { return !training.state().training().epochs.empty(); });
        DiskFiles other_files(folder.path());
        App other(services(other_files, 1));
        CHECK(find_run(other.state(), id)->status == RunStatus::running);
        CHECK(other.apply(DeleteRun{id}).error().code == "busy");
        REQUIRE(History(other_files).find(id));
        CHECK(History(other_files).find(id)->status == RunStatus::running);
    }
    App later(services(files, 1));
    CHECK(find_run(later.state(), id)->status == RunStatus::stopped);
    REQUIRE(later.apply(ContinueRun{id}));
    DiskFiles other_files(folder.path());
    App other(services(other_files, 1));
    CHECK_FALSE(other.apply(ContinueRun{id}));
}

TEST_CASE("archives that two programs import at the same time are merged") {
    const TemporaryFolder folder;
    const auto archive_of = [](int number) {
        Archive archive;
        archive.drawings.push_back(std::make_shared<const Drawing>(sample_drawing(number, 3)));
        Drawing drawing = sample_drawing(number + 1, 4);
        drawing.id = "d-0001";
        archive.drawings.push_back(std::make_shared<const Drawing>(drawing));
        return encode_archive(archive);
    };
    DiskFiles first_files(folder.path()), second_files(folder.path());
    App first(services(first_files)), second(services(second_files));
    REQUIRE(first.apply(ImportArchive{archive_of(2)}));
    REQUIRE(second.apply(ImportArchive{archive_of(4)}));
    CHECK(DrawingLog(first_files).drawings().size() == 4);
}

#endif
