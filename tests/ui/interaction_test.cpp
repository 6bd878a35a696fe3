// Actions of the user, by pointer or through the accessible twin, become the right commands.

#include <algorithm>
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <span>

#include "app/settle.h"
#include "store/memory_files.h"
#include "ui/harness.h"
#include "ui/sample_state.h"

using namespace digitlab;
using Catch::Approx;
using Phase = PointerSample::Phase;
using Kind = PointerSample::Kind;

namespace {

State drawing_state() {
    State state;
    state.view = View::draw;
    return state;
}

}  // namespace

TEST_CASE("mouse, finger, pen and mirror press a button", "[ui]") {
    const State state;
    for (const Kind kind : {Kind::mouse, Kind::touch, Kind::pen}) {
        Harness harness;
        harness.settle(state);
        const Commands commands = harness.click(state, *harness.find(Role::button, "Start training"), kind);
        CHECK(commands.size() == 1);
        CHECK(first<StartTraining>(commands));
    }
    Harness harness;
    harness.settle(state);
    harness.window.mirror().activate(harness.find(Role::button, "Start training")->id);
    CHECK(harness.window.mirror().pending());
    const Commands commands = harness.settle(state);
    CHECK(commands.size() == 1);
    CHECK(first<StartTraining>(commands));
    CHECK_FALSE(harness.window.mirror().pending());
}

TEST_CASE("a disabled button does nothing", "[ui]") {
    State state = filled_state();
    state.form.problem = "Epochs must be a whole number.";
    Harness harness;
    harness.settle(state);
    const MirrorNode start = *harness.find(Role::button, "Start training");
    CHECK(harness.click(state, start).empty());
    harness.window.mirror().activate(start.id);
    CHECK(harness.settle(state).empty());
}

TEST_CASE("tabs and the theme button make their commands", "[ui]") {
    const State state;
    for (const float width : {1280.0F, 390.0F}) {
        Harness harness(width, 844);
        harness.settle(state);
        const Commands shown = harness.click(state, *harness.find(Role::tab, "History"));
        REQUIRE(first<ShowView>(shown));
        CHECK(first<ShowView>(shown)->view == View::history);
        const Commands themed = harness.click(state, *harness.find(Role::button, "Dark theme"));
        REQUIRE(first<ChooseTheme>(themed));
        CHECK(first<ChooseTheme>(themed)->theme == ThemeChoice::dark);
    }
}

TEST_CASE("fields accept what parses and reject the rest", "[ui]") {
    const State state;
    Harness harness;
    harness.settle(state);
    const std::uint32_t epochs = harness.find(Role::field, "Epochs")->id;
    const std::string help = harness.find(Role::field, "Epochs")->description;
    CHECK_FALSE(help.empty());
    harness.window.mirror().set_value(epochs, " 12 ");
    const Commands good = harness.settle(state);
    REQUIRE(first<EditForm>(good));
    CHECK(first<EditForm>(good)->form.spec.epochs == 12);
    CHECK(first<EditForm>(good)->form.spec.batch_size == state.form.spec.batch_size);

    for (const char* bad : {"", "twelve", "3.5", "99999999999999", "7x"}) {
        harness.window.mirror().set_value(epochs, bad);
        CHECK(harness.settle(state).empty());
        const MirrorNode* field = harness.find(Role::field, "Epochs");
        CHECK(field->value == std::to_string(state.form.spec.epochs));
        CHECK(field->description != help);
        CHECK(harness.find(Role::text, field->description));
    }
    harness.window.mirror().set_value(epochs, std::to_string(state.form.spec.epochs));
    harness.settle(state);
    CHECK(harness.find(Role::field, "Epochs")->description == help);

    const std::uint32_t rate = harness.find(Role::field, "Learning rate")->id;
    harness.window.mirror().set_value(rate, "5e-4");
    const Commands rated = harness.settle(state);
    REQUIRE(first<EditForm>(rated));
    CHECK(first<EditForm>(rated)->form.spec.learning_rate == Approx(0.0005));
    harness.window.mirror().set_value(rate, "nan");
    CHECK(harness.settle(state).empty());
}

TEST_CASE("an architecture can be chosen by id or by title", "[ui]") {
    const State state;
    Harness harness;
    harness.settle(state);
    const MirrorNode architecture = *harness.find(Role::combobox, "Architecture");
    for (const Choice& option : architecture.options) {
        if (option.id == state.form.architecture) continue;
        for (const std::string& name : {option.id, option.title}) {
            harness.window.mirror().set_value(architecture.id, name);
            const Commands commands = harness.settle(state);
            REQUIRE(first<EditForm>(commands));
            CHECK(first<EditForm>(commands)->form.architecture == option.id);
        }
    }
}

TEST_CASE("items no widget reported reach the mirror through Dear ImGui's hooks", "[ui]") {
    const State state;
    Harness harness;
    harness.settle(state);
    harness.click(state, *harness.find(Role::combobox, "Architecture"));
    const MirrorNode combobox = *harness.find(Role::combobox, "Architecture");
    const MirrorNode* item = harness.find(Role::button, combobox.options.back().title);
    REQUIRE(item);
    harness.window.mirror().activate(item->id);
    const Commands commands = harness.settle(state);
    REQUIRE(first<EditForm>(commands));
}

TEST_CASE("a stroke becomes lines in canvas pixels", "[ui]") {
    const State state = drawing_state();
    Harness harness;
    harness.settle(state);
    const MirrorNode area = *harness.find(Role::region, "Drawing area");
    const auto at = [&](float x, float y) { return std::pair{area.x + area.width * x / 448, area.y + area.height * y / 448}; };
    const auto point = [&](Phase phase, float x, float y, int id = 7) {
        const auto [page_x, page_y] = at(x, y);
        harness.point(phase, page_x, page_y, Kind::touch, id);
    };
    point(Phase::down, 100, 50);
    point(Phase::move, 200, 50);
    point(Phase::down, 300, 300, 8);  // a second finger
    point(Phase::move, 310, 310, 8);
    point(Phase::up, 310, 310, 8);
    point(Phase::up, 300, 150);
    const Commands commands = harness.settle(state);
    REQUIRE(commands.size() >= 4);
    CHECK(commands.front().as<BeginStroke>());
    CHECK(commands.back().as<EndStroke>());
    InkPoint pen{100, 50};
    for (const Command& command : std::span(commands).subspan(1, commands.size() - 2)) {
        const auto* line = command.as<DrawLine>();
        REQUIRE(line);
        CHECK(line->diameter == Approx(state.draw.pen_width * 448 / area.width));
        CHECK_FALSE(line->erases);
        CHECK(line->from.x == Approx(pen.x).margin(0.1));  // without gaps
        CHECK(line->from.y == Approx(pen.y).margin(0.1));
        CHECK(line->to.y <= 151);
        pen = line->to;
    }
    CHECK(pen.x == Approx(300).margin(0.1));
    CHECK(pen.y == Approx(150).margin(0.1));
    // The next stroke does not continue the last one.
    point(Phase::down, 20, 20);
    point(Phase::up, 20, 20);
    const Commands dot = harness.settle(state);
    REQUIRE(first<DrawLine>(dot));
    CHECK(first<DrawLine>(dot)->from.x == Approx(20).margin(0.1));
}

TEST_CASE("a press elsewhere draws nothing", "[ui]") {
    const State state = drawing_state();
    Harness harness;
    harness.settle(state);
    harness.point(Phase::down, 4, 400);
    harness.point(Phase::move, 300, 400);
    harness.point(Phase::up, 300, 400);
    CHECK(harness.settle(state).empty());
}

TEST_CASE("the pen slider follows mouse, finger and mirror", "[ui]") {
    const State state = drawing_state();
    Harness harness;
    harness.settle(state);
    const MirrorNode slider = *harness.find(Role::slider, "Pen width");
    harness.window.mirror().set_value(slider.id, "12");
    const Commands set = harness.settle(state);
    REQUIRE(first<SetPen>(set));
    CHECK(first<SetPen>(set)->width == 12);
    const float y = slider.y + slider.height / 2;
    harness.point(Phase::down, slider.x + 20, y, Kind::touch);
    harness.settle(state);
    harness.point(Phase::move, slider.x + slider.width - 1, y, Kind::touch);
    const Commands dragged = harness.settle(state);
    harness.point(Phase::up, slider.x + slider.width - 1, y, Kind::touch);
    REQUIRE(first<SetPen>(dragged));
    CHECK(first<SetPen>(dragged)->width == largest_pen);
}

TEST_CASE("a finger scrolls the page and presses nothing", "[ui]") {
    State state = filled_state();
    state.notices.clear();
    Harness harness(390, 844);
    harness.settle(state);
    const float before = harness.find(Role::combobox, "Architecture")->y;
    harness.point(Phase::down, 200, 600, Kind::touch);
    for (float y = 595; y >= 400; y -= 5) harness.point(Phase::move, 200, y, Kind::touch);
    CHECK(harness.settle(state).empty());
    harness.point(Phase::up, 200, 400, Kind::touch);
    CHECK(harness.settle(state).empty());
    const MirrorNode* after = harness.find(Role::combobox, "Architecture");
    CHECK((after->clipped || after->y < before - 20));
}

TEST_CASE("the focused element is scrolled into view", "[ui]") {
    State state = filled_state();
    state.view = View::history;
    Harness harness(390, 844);
    harness.settle(state);
    CHECK(harness.find(Role::button, "Delete")->clipped);
    harness.window.mirror().focus(harness.find(Role::button, "Delete")->id);
    harness.settle(state);
    CHECK_FALSE(harness.find(Role::button, "Delete")->clipped);
}

TEST_CASE("a run is renamed in the field of its name", "[ui]") {
    State state = filled_state();
    state.view = View::history;
    Harness harness(1280, 1600);
    harness.settle(state);
    harness.window.mirror().set_value(harness.find(Role::field, "Run name")->id, "mine");
    const Commands commands = harness.settle(state);
    REQUIRE(first<RenameRun>(commands));
    CHECK(first<RenameRun>(commands)->id == "r-1");
    CHECK(first<RenameRun>(commands)->name == "mine");
}

TEST_CASE("deleting a run takes two steps", "[ui]") {
    State state = filled_state();
    state.view = View::history;
    Harness harness(1280, 1600);
    harness.settle(state);
    CHECK(harness.click(state, *harness.find(Role::button, "Delete")).empty());
    const MirrorNode* sure = harness.find(Role::button, "Delete for good");
    REQUIRE(sure);
    const Commands commands = harness.click(state, *sure);
    REQUIRE(first<DeleteRun>(commands));
    CHECK(first<DeleteRun>(commands)->id == "r-1");
    const Commands selected = harness.click(state, *harness.find(Role::button, "Show " + state.runs[1].name));
    REQUIRE(first<SelectRun>(selected));
    CHECK(first<SelectRun>(selected)->id == "r-2");
}

TEST_CASE("notices can be dismissed", "[ui]") {
    const State state = filled_state();
    Harness harness;
    harness.settle(state);
    const Commands commands = harness.click(state, *harness.find(Role::button, "Dismiss"));
    REQUIRE(first<DismissNotice>(commands));
    CHECK(first<DismissNotice>(commands)->id == 1);
}

TEST_CASE("confirmations disappear by themselves, errors stay", "[ui]") {
    const State state = filled_state();
    const std::string &error = state.notices[0].text, &confirmation = state.notices[1].text;
    Harness harness;
    const auto dismissals = [&] {
        return std::ranges::count_if(harness.window.mirror().nodes(),
                                     [](const MirrorNode& node) { return node.name == "Dismiss"; });
    };
    harness.set_time(100);
    harness.settle(state);
    CHECK(dismissals() == 2);
    CHECK(harness.window.next_frame_secs() == Approx(106));
    harness.set_time(105.9);
    harness.settle(state);
    CHECK(dismissals() == 2);
    const MirrorNode before = *harness.find(Role::status, confirmation);
    harness.set_time(106);
    harness.settle(state);
    CHECK(dismissals() == 1);
    CHECK(std::isinf(harness.window.next_frame_secs()));
    REQUIRE(harness.find(Role::status, error));
    CHECK_FALSE(harness.find(Role::status, error)->clipped);
    // A screen reader can go back to it, and does not announce it again.
    const MirrorNode* after = harness.find(Role::status, confirmation);
    REQUIRE(after);
    CHECK(after->clipped);
    CHECK(after->id == before.id);
}

TEST_CASE("the mirror's revision changes only with its contents", "[ui]") {
    State state;
    Harness harness;
    harness.settle(state);
    const std::uint64_t before = harness.window.mirror().revision();
    harness.frame(state);
    CHECK(harness.window.mirror().revision() == before);
    state.save.phase = SavePhase::saving;
    harness.frame(state);
    CHECK(harness.window.mirror().revision() > before);
    const Json json = harness.window.mirror().to_json();
    REQUIRE(json.is_array());
    CHECK(json.size() == harness.window.mirror().nodes().size());
    CHECK(json[0]["rect"].size() == 4);
}

TEST_CASE("a click just before a stroke is carried out first", "[ui]") {
    MemoryFiles files;
    App app(services(files));
    Harness harness;
    REQUIRE(app.apply(ShowView{View::draw}));
    REQUIRE(app.apply(BeginStroke{}));
    REQUIRE(app.apply(DrawLine{{100, 100}, {100, 300}, 24}));
    REQUIRE(app.apply(EndStroke{}));
    harness.settle(app.state());
    const MirrorNode area = *harness.find(Role::region, "Drawing area");
    // As on the page, commands are carried out after each frame and strokes before it.
    const auto settle_app = [&] {
        do app.perform(harness.frame(app.state()));
        while (harness.window.wants_frame());
    };
    const auto click = [&](const char* name) {
        const MirrorNode* node = harness.find(Role::button, name);
        REQUIRE(node);
        harness.point(Phase::move, node->x + 9, node->y + 9, Kind::mouse);
        harness.point(Phase::down, node->x + 9, node->y + 9, Kind::mouse);
        harness.point(Phase::up, node->x + 9, node->y + 9, Kind::mouse);
    };
    const auto stroke = [&](float x) {
        const float scale = area.width / 448;
        harness.point(Phase::move, area.x + x * scale, area.y + 100 * scale, Kind::mouse);
        harness.point(Phase::down, area.x + x * scale, area.y + 100 * scale, Kind::mouse);
        harness.point(Phase::move, area.x + x * scale, area.y + 300 * scale, Kind::mouse);
        harness.point(Phase::up, area.x + x * scale, area.y + 300 * scale, Kind::mouse);
    };
    click("Eraser");
    stroke(100);
    settle_app();
    CHECK(app.state().draw.canvas.blank());
    click("Pen");
    stroke(200);
    settle_app();
    CHECK_FALSE(app.state().draw.canvas.blank());
    const auto drawn = app.state().draw.canvas.image().ink;
    click("Clear");
    stroke(200);
    settle_app();
    CHECK(app.state().draw.canvas.image().ink == drawn);
    CHECK_FALSE(app.state().draw.stroke_open);
}
