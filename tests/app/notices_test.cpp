// When notices go: errors stay until they are dismissed or what they are about works again.

#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "app/app.h"
#include "app/notice_causes.h"
#include "app/settle.h"
#include "predict/sample_drawings.h"
#include "store/archive.h"
#include "store/memory_files.h"
#include "train/stripes.h"

using namespace digitlab;

namespace {

std::vector<std::string> notices(const App& app) {
    std::vector<std::string> texts;
    for (const Notice& notice : app.state().notices) texts.push_back(notice.text);
    return texts;
}

Bytes archive_of_a_drawing() {
    Archive archive;
    archive.drawings.push_back(std::make_shared<const Drawing>(sample_drawing(1, 3)));
    return encode_archive(archive);
}

}  // namespace

TEST_CASE("an error stays until it is dismissed", "[app]") {
    MemoryFiles files;
    App app(services(files));
    app.perform({DeleteRun{"nobody"}});
    REQUIRE(notices(app).size() == 1);
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(StartTraining{quick_spec()}));
    settle(app);
    REQUIRE(app.apply(ShowView{View::about}));
    REQUIRE(notices(app).size() == 1);
    app.perform({DismissNotice{app.state().notices[0].id}});
    CHECK(notices(app).empty());
}

TEST_CASE("the notice of a failed download goes when the data set has arrived", "[app]") {
    MemoryFiles files;
    App app(services(files));
    REQUIRE(app.apply(RequestData{}));
    REQUIRE(app.apply(ReportDataFailed{"The download was cut off."}));
    REQUIRE(app.apply(RequestData{"fashion-mnist"}));
    REQUIRE(app.apply(ReportDataFailed{"The server is gone.", "fashion-mnist"}));
    REQUIRE(app.apply(RequestData{}));
    CHECK(notices(app).size() == 2);
    REQUIRE(app.apply(ReportDataFailed{"The download has stalled."}));
    CHECK(notices(app) == std::vector<std::string>{"The server is gone.", "The download has stalled."});
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    CHECK(notices(app) == std::vector<std::string>{"The server is gone."});
}

TEST_CASE("the notice that there was no room goes when something has been saved again", "[app]") {
    MemoryFiles memory;
    FaultyFiles files(memory);
    App app(services(files));
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(StartTraining{quick_spec()}));
    settle(app);
    const std::string id = app.state().runs[0].id;
    files.writes_until_full = 0;
    app.perform({RenameRun{id, "a better name"}});
    settle(app);
    REQUIRE(notices(app).size() == 1);
    app.perform({DeleteRun{"nobody"}});
    files.writes_until_full = -1;
    REQUIRE(notices(app).size() == 2);
    app.perform({RenameRun{id, "a better name"}});
    settle(app);
    CHECK(app.state().save.phase == SavePhase::saved);
    REQUIRE(notices(app).size() == 1);
    CHECK(notices(app)[0].find("nobody") != std::string::npos);
}

TEST_CASE("the notice that a tab cannot save goes when it may", "[app]") {
    /// Files of a tab that becomes the one that may write.
    struct ForeignFiles : MemoryFiles {
        std::string reason;
        std::string read_only_reason() const override { return reason; }
        Status write(const std::string& name, std::span<const std::uint8_t> bytes) override {
            return reason.empty() ? MemoryFiles::write(name, bytes) : fail("read-only", reason);
        }
    } files;
    REQUIRE(App(services(files)).apply(ImportArchive{archive_of_a_drawing()}));
    files.reason = "Another tab saves.";
    App app(services(files));
    app.perform({ImportArchive{archive_of_a_drawing()}, ImportArchive{encode_archive({})}});
    REQUIRE(app.apply(ReportProblem{"This tab cannot save.", notice_causes::storing}));
    const auto about_storing = [&] { return std::ranges::count(app.state().notices, notice_causes::storing, &Notice::cause); };
    REQUIRE(about_storing() == 1);
    files.reason.clear();
    app.take_over_store();
    CHECK(about_storing() == 0);
}

TEST_CASE("a picture, an archive and a link that work remove the notice about one that did not", "[app]") {
    MemoryFiles files;
    App app(services(files));
    for (const std::string& cause : {notice_causes::picture, notice_causes::archive, notice_causes::link}) {
        REQUIRE(app.apply(ReportProblem{"bad " + cause, cause}));
    }
    CHECK_FALSE(app.apply(ImportArchive{Bytes{1, 2, 3}}));
    CHECK_FALSE(app.apply(OpenSpec{"{"}));
    CHECK(notices(app).size() == 3);
    REQUIRE(app.apply(SetPicture{GreyImage{40, 40, std::vector<std::uint8_t>(1600, 255)}}));
    CHECK(notices(app) == std::vector<std::string>{"bad archive", "bad link"});
    REQUIRE(app.apply(OpenSpec{R"({"architecture": "mlp"})"}));
    CHECK(notices(app) == std::vector<std::string>{"bad archive"});
    REQUIRE(app.apply(ImportArchive{archive_of_a_drawing()}));
    CHECK(notices(app) == std::vector<std::string>{"0 runs and 1 drawing imported."});
}

TEST_CASE("the page names only causes that the program knows", "[app]") {
    std::set<std::string> named;
    const std::regex cause("', '([a-z-]+)'\\);|\\), '([a-z-]+)'\\);|message, '([a-z-]+)'\\);|`, '([a-z-]+)'\\);");
    for (const char* name : {"upload", "dataset_files", "archive_files", "links"}) {
        std::ifstream file(std::string(DIGITLAB_SOURCE_DIR "/web/") + name + ".js");
        const std::string text(std::istreambuf_iterator<char>(file), {});
        for (std::size_t at = text.find("reportProblem("); at != std::string::npos; at = text.find("reportProblem(", at + 1)) {
            const std::string call = text.substr(at, text.find(";\n", at) + 1 - at);
            std::smatch found;
            INFO(call);
            REQUIRE(std::regex_search(call, found, cause));
            for (std::size_t group = 1; group < found.size(); ++group) {
                if (found[group].matched) named.insert(found[group]);
            }
        }
    }
    CHECK(named == std::set<std::string>{notice_causes::picture, notice_causes::archive, notice_causes::dataset_files,
                                         notice_causes::link});
}
