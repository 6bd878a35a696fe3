// The names of runs: users rename them, and imports make them unique.

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "app/run_store.h"
#include "app/settle.h"
#include "store/archive.h"
#include "store/memory_files.h"
#include "train/stripes.h"

using namespace digitlab;

namespace {

struct Lab {
    explicit Lab(Files& files) : app(services(files)) { REQUIRE(app.apply(ReportDataReady{stripes()})); }

    std::string train(const char* architecture = "softmax") {
        REQUIRE(app.apply(StartTraining{quick_spec(architecture, 1)}));
        settle(app);
        return app.state().runs.back().id;
    }
    std::string name(const std::string& id) const { return find_run(app.state(), id)->name; }
    std::string code(const std::string& id, const std::string& name) {
        const Status renamed = app.apply(RenameRun{id, name});
        return renamed ? "" : renamed.error().code;
    }

    App app;
};

}  // namespace

TEST_CASE("a renamed run has its new name everywhere, also after a reload, and its files do not change", "[app]") {
    MemoryFiles files;
    std::string id;
    {
        Lab lab(files);
        id = lab.train();
        const auto before = files.list("runs");
        REQUIRE(lab.code(id, "My best: größer") == "");
        CHECK(files.list("runs") == before);
        CHECK(lab.name(id) == "My best: größer");
        CHECK(lab.app.predict(std::array<float, digit_pixels>{1.0F}).value().front().name == "My best: größer");
    }
    Lab again(files);
    CHECK(again.name(id) == "My best: größer");
    CHECK(again.app.predict(std::array<float, digit_pixels>{1.0F}).value().front().name == "My best: größer");
    CHECK(decode_archive(again.app.archive().value()).value().runs.front().run.name == "My best: größer");
    REQUIRE(again.app.apply(DeleteRun{id}));
    CHECK(files.list("").empty());
}

TEST_CASE("a name that cannot be read is reported, and the run has its first name", "[app]") {
    MemoryFiles files;
    std::string id;
    {
        Lab lab(files);
        id = lab.train();
        REQUIRE(lab.code(id, "mine") == "");
        CHECK(lab.app.state().notices.empty());
    }
    const std::string file = files.list("run-labels").at(0);
    REQUIRE(files.remove(file));
    REQUIRE(files.write(file, Bytes{'{'}));
    Lab again(files);
    CHECK(again.name(id) == "model_softmax_run1");
    REQUIRE(again.app.state().notices.size() == 1);
    CHECK(again.app.state().notices[0].is_error);
    CHECK(again.app.state().notices[0].text.find(file) != std::string::npos);
}

TEST_CASE("an invalid name changes nothing", "[app]") {
    MemoryFiles files;
    FaultyFiles full(files);
    Lab lab(full);
    const std::string one = lab.train(), other = lab.train();
    const std::string before = lab.name(one);
    CHECK(lab.code("r-none", "a") == "unknown-run");
    for (const std::string& bad :
         {std::string(), std::string(longest_run_name + 1, 'a'), std::string("a\nb"), lab.name(other)}) {
        CHECK(lab.code(one, bad) == "bad-name");
    }
    full.writes_until_full = 0;
    CHECK(lab.code(one, "a") == "no-space");
    CHECK(lab.name(one) == before);
    CHECK(lab.code(one, before) == "");
}

TEST_CASE("a run that trains can be renamed and keeps its new name when it ends", "[app]") {
    MemoryFiles files;
    Lab lab(files);
    REQUIRE(lab.app.apply(StartTraining{quick_spec("softmax", 20)}));
    const std::string id = lab.app.state().runs.back().id;
    REQUIRE(lab.code(id, "in the making") == "");
    settle(lab.app);
    CHECK(lab.name(id) == "in the making");
    CHECK(Lab(files).name(id) == "in the making");
}

TEST_CASE("an import gives runs with the same name different ones", "[app]") {
    MemoryFiles source_files, files;
    Lab source(source_files), lab(files);
    const std::string id = source.train();
    REQUIRE(source.code(id, "best") == "");
    const std::string here = lab.train("mlp"), second = lab.train("mlp");
    REQUIRE(lab.code(here, "best") == "");
    REQUIRE(lab.code(second, "best (2)") == "");
    REQUIRE(lab.app.apply(ImportArchive{source.app.archive().value()}));
    CHECK(lab.app.state().runs.back().name == "best (3)");
    CHECK(lab.name(here) == "best");
}
