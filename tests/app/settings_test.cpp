#include <catch2/catch_test_macros.hpp>

#include "app/app.h"
#include "app/settle.h"
#include "store/memory_files.h"

using namespace digitlab;

namespace {

Commands edited(const App& app, int epochs) {
    TrainForm form = app.state().form;
    form.spec.epochs = epochs;
    return {EditForm{form}};
}

void write_settings(MemoryFiles& files, const std::string& text) {
    REQUIRE(files.write("settings/page.1.json", std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size())));
}

}  // namespace

TEST_CASE("theme, pen, form and the custom network are restored on the next visit") {
    MemoryFiles files;
    {
        App app(services(files));
        settle(app);
        CHECK(files.list("settings").empty());  // nothing has been changed
        app.perform({ChooseTheme{ThemeChoice::dark}, SetPen{12}, CopyArchitecture{}, InsertLayer{0}});
        app.perform(edited(app, 7));
        app.update(0);
        CHECK(app.busy());
        settle(app);
        CHECK(app.state().save.phase == SavePhase::saved);
        app.perform(edited(app, 8));
        settle(app);
        CHECK(files.list("settings").size() == 1);
        CHECK(app.state().notices.empty());
    }
    App again(services(files));
    CHECK(again.state().notices.empty());
    CHECK(again.state().theme == ThemeChoice::dark);
    CHECK(again.state().draw.pen_width == 12);
    const TrainForm& form = again.state().form;
    CHECK(form.spec.epochs == 8);
    CHECK(form.architecture == custom_id);
    REQUIRE(form.custom);
    CHECK(form.custom->layers.size() == 3);
    CHECK(form.problem.empty());
    settle(again);
    CHECK(files.list("settings").size() == 1);
}

TEST_CASE("while the form cannot be trained, its last valid settings are kept") {
    MemoryFiles files;
    {
        App app(services(files));
        app.perform({CopyArchitecture{}});
        app.perform(edited(app, 5));
        app.update(0);
        app.perform(edited(app, -3));
        CHECK_FALSE(app.state().form.problem.empty());
        LayerSpec dropout;
        dropout.kind = LayerKind::dropout;
        app.perform({SetLayer{1, dropout}});  // the last layer: the network has no outputs now
        settle(app);
    }
    App again(services(files));
    CHECK(again.state().form.spec.epochs == 5);
    REQUIRE(again.state().form.custom);
    CHECK(again.state().form.custom->layers.back().kind == LayerKind::dense);
    CHECK(again.state().form.problem.empty());
}

TEST_CASE("unreadable settings are reported and change nothing") {
    for (const char* text : {"", "{", "[]", R"({"theme": 3})", R"({"penWidth": "wide"})"}) {
        INFO(text);
        MemoryFiles files;
        write_settings(files, text);
        App app(services(files));
        REQUIRE(app.state().notices.size() == 1);
        CHECK(app.state().notices.front().is_error);
        CHECK(app.state().form.spec.epochs == default_form("mlp").spec.epochs);
        CHECK(files.list("settings").size() == 1);
    }
    MemoryFiles files;
    write_settings(files, R"({"theme": "dark", "penWidth": 900, "spec": {"architecture": "of tomorrow"}})");
    App app(services(files));
    CHECK(app.state().theme == ThemeChoice::dark);
    CHECK(app.state().draw.pen_width == largest_pen);
    CHECK(app.state().form.architecture == "mlp");
    CHECK(app.state().notices.size() == 1);
}

TEST_CASE("a tab that cannot write stores no settings and does not complain") {
    struct ReadOnly : MemoryFiles {
        std::string read_only_reason() const override { return "Another tab has it."; }
    } files;
    App app(services(files));
    app.perform({ChooseTheme{ThemeChoice::dark}});
    app.update(0);
    settle(app);
    CHECK(files.list("settings").empty());
    CHECK(app.state().notices.empty());
}

TEST_CASE("numbers too large for a data set are lowered in the form") {
    MemoryFiles files;
    App app(services(files));
    app.perform({ChooseDataset{"fashion-mnist"}});
    const auto edit = [&](int ExperimentSpec::* member, int value) {
        TrainForm form = app.state().form;
        form.spec.*member = value;
        app.perform({EditForm{form}});
    };
    edit(&ExperimentSpec::subset, 70000);
    edit(&ExperimentSpec::validation_count, 50000);
    CHECK(app.state().form.spec.validation_count == 10000);
    CHECK(app.state().form.spec.subset == 0);  // all
    CHECK(app.state().form.problem.empty());
}
