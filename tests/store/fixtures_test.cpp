// Files written by the first version that had these formats. They must stay readable for ever; never regenerate them. A later
// format gets its own fixtures.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/app.h"
#include "app/settle.h"
#include "predict/sample_drawings.h"
#include "store/archive.h"
#include "store/datasets.h"
#include "store/drawings.h"
#include "store/history.h"
#include "store/memory_files.h"
#include "train/checkpoint.h"

using namespace digitlab;

namespace {

namespace fs = std::filesystem;

const fs::path fixtures = fs::path(DIGITLAB_SOURCE_DIR) / "tests/store/fixtures";

Bytes bytes_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file);
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

/// A copy that tests may change.
MemoryFiles stored_files() {
    MemoryFiles files;
    const fs::path root = fixtures / "store";
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        if (!entry.is_regular_file()) continue;
        REQUIRE(files.write(entry.path().lexically_relative(root).generic_string(), bytes_of(entry.path())));
    }
    return files;
}

constexpr const char* finished_hash = "4b1f79f17d34fbea";
constexpr const char* stopped_hash = "9c608bb83f284e7d";

void check_same(const Drawing& read, const Drawing& written) {
    CHECK(read.pixels == written.pixels);
    CHECK(read.picture.ink == written.picture.ink);
    CHECK(read.answers == written.answers);
    CHECK(read.label == written.label);
    CHECK(read.unix_secs == written.unix_secs);
    CHECK(read.source == written.source);
}

}  // namespace

TEST_CASE("stored runs of every status are read") {
    MemoryFiles files = stored_files();
    const History history(files);
    CHECK(history.problems().empty());
    REQUIRE(history.runs().size() == 5);
    const Run& finished = *history.find("r-0001");
    CHECK(finished.status == RunStatus::finished);
    CHECK(finished.name == "model_softmax_run1");
    CHECK(finished.spec.seed == 7);
    CHECK(finished.epochs.size() == 2);
    REQUIRE(finished.test);
    CHECK(finished.test->accuracy == 1.0);
    CHECK(finished.weights_hash == finished_hash);
    CHECK(weights_hash(*history.model("r-0001")) == "d81b59313d91dd8e");
    const Run& stopped = *history.find("r-0002");
    CHECK(stopped.status == RunStatus::stopped);
    CHECK(stopped.rate_changes.size() == 1);
    CHECK(stopped.epochs.size() == 14);
    CHECK(stopped.spec.architecture.layers.size() == 2);
    CHECK(stopped.weights_hash == stopped_hash);
    CHECK(weights_hash(*history.model("r-0002")) == "f47bdbe5045d10d8");
    const auto checkpoint = history.checkpoint("r-0002");
    REQUIRE(checkpoint);
    CHECK(weights_hash(*checkpoint) == "28126616b04dcfe1");
    CHECK(checkpoint_from_model(*checkpoint));
    const Run& running = *history.find("r-0003");
    CHECK(running.status == RunStatus::running);
    REQUIRE(running.sweep);
    CHECK(running.sweep->name == "rates");
    CHECK(history.model("r-0003"));
    CHECK(history.find("r-0004")->status == RunStatus::queued);
    const Run& failed = *history.find("r-0005");
    CHECK(failed.status == RunStatus::failed);
    CHECK(failed.name == "Renamed \u201C\u00E9\u201D");
    CHECK(failed.failure == "The loss is no number any more.");
    CHECK(failed.class_names == std::vector<std::string>{"A", "B", "C"});
    REQUIRE(failed.fine_tune);
    CHECK(failed.fine_tune->trained == DrawingScore{12, 7, 11});
}

TEST_CASE("stored drawings and data sets are read") {
    MemoryFiles files = stored_files();
    const DrawingLog log(files);
    CHECK(log.problems().empty());
    REQUIRE(log.drawings().size() == 6);
    for (int i = 1; i <= 6; ++i) {
        const Drawing written = sample_drawing(i, i % 3 == 0 ? std::optional<int>() : std::optional<int>(i));
        REQUIRE(log.find(written.id));
        check_same(*log.find(written.id), written);
    }
    const DatasetStore datasets(files);
    CHECK(datasets.problems().empty());
    const auto letters = datasets.load("my-letters");
    REQUIRE(letters);
    CHECK(datasets.find("my-letters")->name == "My letters");
    CHECK(letters->train->class_names == std::vector<std::string>{"A", "B", "\u00C7"});
    CHECK(letters->train->rows() == 9);
    CHECK(letters->test->rows() == 6);
    CHECK(letters->train->pixels[100] == static_cast<std::uint8_t>(700));
    CHECK(letters->train->labels[8] == 2);
}

TEST_CASE("a stored laboratory opens with its settings, and interrupted runs are stopped") {
    MemoryFiles files = stored_files();
    App app(services(files, 1));
    CHECK(app.state().notices.empty());
    CHECK(app.state().theme == ThemeChoice::dark);
    CHECK(app.state().draw.pen_width == 12);
    CHECK(app.state().form.spec.epochs == 7);
    REQUIRE(app.state().form.custom);
    CHECK(app.state().models.size() == 3);
    CHECK(find_run(app.state(), "r-0003")->status == RunStatus::stopped);
    CHECK(find_run(app.state(), "r-0004")->status == RunStatus::stopped);
    const auto archive = app.archive();
    REQUIRE(archive);
    CHECK(decode_archive(*archive)->runs.size() == 5);
}

TEST_CASE("an archive is read") {
    const auto archive = decode_archive(bytes_of(fixtures / "archive.dgla"));
    REQUIRE(archive);
    REQUIRE(archive->runs.size() == 5);
    CHECK(archive->drawings.size() == 6);
    CHECK(archive->runs[0].run.weights_hash == finished_hash);
    REQUIRE(archive->runs[1].checkpoint);
    CHECK(weights_hash(*archive->runs[1].checkpoint) == "28126616b04dcfe1");
    CHECK_FALSE(archive->runs[3].model);
    check_same(*archive->drawings[0], sample_drawing(1, 1));
    MemoryFiles files;
    App app(services(files, 1));
    REQUIRE(app.apply(ImportArchive{bytes_of(fixtures / "archive.dgla")}));
    CHECK(app.state().runs.size() == 5);
}

TEST_CASE("model files of both precisions are read") {
    const auto half = decode_model(bytes_of(fixtures / "half.dglb"));
    REQUIRE(half);
    CHECK(half->notes["name"] == "A softmax");
    CHECK(weights_hash(*half) == "d81b59313d91dd8e");
    const auto single = decode_model(bytes_of(fixtures / "single.dglb"));
    REQUIRE(single);
    CHECK(single->architecture.title == "Tiny");
    CHECK(weights_hash(*single) == "f47bdbe5045d10d8");
}
