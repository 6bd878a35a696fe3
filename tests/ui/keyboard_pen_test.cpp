// Drawing by keyboard, and what pens can do that mice cannot.

#include <algorithm>
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include "ui/harness.h"

using namespace digitlab;
using Catch::Approx;
using Phase = PointerSample::Phase;
using Kind = PointerSample::Kind;

namespace {

struct DrawingWindow {
    State state;
    Harness harness;
    std::uint32_t area = 0;

    DrawingWindow() {
        state.view = View::draw;
        harness.settle(state);
        area = find_area().id;
        harness.window.mirror().focus(area);
    }
    const MirrorNode& find_area() { return *harness.find(Role::region, "Drawing area"); }
    bool press(const char* key, bool shift = false, bool control = false) {
        return harness.window.key(area, {key, shift, control});
    }
    Commands settle() { return harness.settle(state); }
};

template <class Wanted>
int count_of(const Commands& commands) {
    return static_cast<int>(std::ranges::count_if(commands, [](const Command& one) { return one.as<Wanted>() != nullptr; }));
}

}  // namespace

TEST_CASE("the arrow keys move the pen, and Space puts it down and lifts it", "[ui]") {
    DrawingWindow drawing;
    CHECK(drawing.press("ArrowLeft", true));
    CHECK(drawing.press("ArrowUp"));
    CHECK(drawing.settle().empty());
    CHECK(drawing.harness.find(Role::status, "Pen up, 41 % across and 48 % down"));

    CHECK(drawing.press(" "));
    CHECK(drawing.press("ArrowRight", true));
    CHECK(drawing.press("ArrowRight", true));
    const Commands drawn = drawing.settle();
    CHECK(count_of<BeginStroke>(drawn) == 1);
    REQUIRE(first<DrawLine>(drawn));
    CHECK(first<DrawLine>(drawn)->from.x == 184);
    CHECK(first<DrawLine>(drawn)->from.y == 216);
    CHECK(drawing.harness.find(Role::status, "Pen down, 59 % across and 48 % down"));

    CHECK(drawing.press("Enter"));
    const Commands end = drawing.settle();
    REQUIRE(last<DrawLine>(end));
    CHECK(last<DrawLine>(end)->to.x == 264);
    CHECK(end.back().as<EndStroke>());
    CHECK(drawing.press("ArrowDown"));
    CHECK(drawing.settle().empty());
}

TEST_CASE("the keyboard pen stays on the paper and lifts on Escape or when the focus leaves", "[ui]") {
    DrawingWindow drawing;
    for (int i = 0; i < 20; ++i) drawing.press("ArrowLeft", true);
    drawing.settle();
    CHECK(drawing.harness.find(Role::status, "Pen up, 0 % across and 50 % down"));
    CHECK_FALSE(drawing.press("Escape"));  // nothing to lift
    drawing.press(" ");
    CHECK(drawing.press("Escape"));
    drawing.settle();
    CHECK(drawing.harness.find(Role::status, "Pen up, 0 % across and 50 % down"));
    drawing.press(" ");
    drawing.harness.window.mirror().focus(0);
    drawing.settle();
    CHECK_FALSE(drawing.harness.find(Role::status, "Pen down, 0 % across and 50 % down"));
    drawing.harness.window.mirror().focus(drawing.area);
    drawing.press("ArrowRight");
    CHECK(count_of<DrawLine>(drawing.settle()) == 0);
}

TEST_CASE("the shortcuts of the drawing area make their commands", "[ui]") {
    DrawingWindow drawing;
    const auto made_by = [&](const char* key, bool shift, bool control) {
        CHECK(drawing.press(key, shift, control));
        return drawing.settle();
    };
    CHECK(first<UndoDrawing>(made_by("z", false, true)));
    CHECK(first<RedoDrawing>(made_by("Z", true, true)));
    CHECK(first<RedoDrawing>(made_by("y", false, true)));
    CHECK(first<ClearDrawing>(made_by("Delete", false, false)));
    CHECK(first<ClearDrawing>(made_by("Backspace", false, false)));
    for (const char* other : {"Tab", "a", "F5", "z"}) CHECK_FALSE(drawing.press(other));
    CHECK_FALSE(drawing.press("ArrowLeft", false, true));
    CHECK_FALSE(drawing.harness.window.key(drawing.area + 1, {"ArrowLeft"}));
    drawing.state.view = View::about;
    drawing.settle();
    CHECK_FALSE(drawing.press("ArrowLeft"));
}

TEST_CASE("a pen's pressure decides the width, a mouse's does not", "[ui]") {
    DrawingWindow drawing;
    const MirrorNode area = drawing.find_area();
    const auto widths = [&](Kind kind, float pressure) {
        PointerSample sample;
        sample.kind = kind;
        sample.pressure = pressure;
        sample.pointer_id = 3;
        sample.phase = Phase::down;
        sample.x = area.x + 50;
        sample.y = area.y + 50;
        drawing.harness.window.pointer(sample);
        sample.phase = Phase::move;
        sample.x += 80;
        drawing.harness.window.pointer(sample);
        sample.phase = Phase::up;
        sample.pressure = 0;
        drawing.harness.window.pointer(sample);
        const Commands commands = drawing.settle();
        return last<DrawLine>(commands)->diameter;
    };
    const float chosen = drawing.state.draw.pen_width * InkCanvas::side / area.width;
    CHECK(widths(Kind::mouse, 0.9F) == Approx(chosen));
    CHECK(widths(Kind::touch, 0.1F) == Approx(chosen));
    CHECK(widths(Kind::pen, 0.5F) == Approx(chosen));
    CHECK(widths(Kind::pen, 1.0F) > 1.4F * chosen);
    CHECK(widths(Kind::pen, 0.1F) < 0.6F * chosen);
}

TEST_CASE("the eraser, chosen or at the other end of the pen, is twice as wide", "[ui]") {
    DrawingWindow drawing;
    const MirrorNode area = drawing.find_area();
    const auto dot = [&](int button) {
        PointerSample sample;
        sample.kind = Kind::pen;
        sample.phase = Phase::down;
        sample.button = button;
        sample.x = area.x + 50;
        sample.y = area.y + 50;
        drawing.harness.window.pointer(sample);
        sample.phase = Phase::up;
        drawing.harness.window.pointer(sample);
        return *first<DrawLine>(drawing.settle());
    };
    const DrawLine drawn = dot(0), erased = dot(eraser_button);
    CHECK_FALSE(drawn.erases);
    CHECK(erased.erases);
    CHECK(erased.diameter == Approx(2 * drawn.diameter));
    drawing.state.draw.tool = DrawingTool::eraser;
    drawing.settle();
    CHECK(dot(0).erases);
}
