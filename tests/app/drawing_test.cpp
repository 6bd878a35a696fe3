// Drawing on the paper, and undo.

#include <catch2/catch_test_macros.hpp>

#include "app/settle.h"
#include "store/memory_files.h"
#include "train/stripes.h"

using namespace digitlab;

namespace {

struct DrawingApp {
    MemoryFiles files;
    App app{services(files)};

    const DrawState& draw() const { return app.state().draw; }
    void apply(Command command) { REQUIRE(app.apply(std::move(command))); }
    void stroke(float y, bool erases = false) {
        apply(BeginStroke{});
        apply(DrawLine{{100, y}, {200, y}, 24, erases});
        apply(DrawLine{{200, y}, {300, y}, 24, erases});
        apply(EndStroke{});
    }
    std::vector<std::uint8_t> ink() const { return draw().canvas.image().ink; }
};

GreyImage grey_picture(std::uint8_t paper = 230) {
    GreyImage grey{60, 40, std::vector<std::uint8_t>(2400, paper)};
    for (int y = 10; y < 30; ++y) {
        for (int x = 28; x < 32; ++x) grey.ink[static_cast<std::size_t>(y * 60 + x)] = 20;
    }
    return grey;
}

}  // namespace

TEST_CASE("a stroke is one undo step", "[app]") {
    DrawingApp drawing;
    CHECK_FALSE(drawing.draw().undo.can_undo());
    drawing.stroke(100);
    const auto one = drawing.ink();
    drawing.stroke(200);
    const auto two = drawing.ink();
    drawing.apply(UndoDrawing{});
    CHECK(drawing.ink() == one);
    drawing.apply(UndoDrawing{});
    CHECK(drawing.draw().canvas.blank());
    CHECK_FALSE(drawing.draw().undo.can_undo());
    drawing.apply(RedoDrawing{});
    drawing.apply(RedoDrawing{});
    CHECK(drawing.ink() == two);
    drawing.apply(UndoDrawing{});
    drawing.stroke(300);
    CHECK_FALSE(drawing.draw().undo.can_redo());
}

TEST_CASE("the eraser removes ink, and only strokes that leave a trace are undone", "[app]") {
    DrawingApp drawing;
    drawing.stroke(100, true);
    CHECK_FALSE(drawing.draw().undo.can_undo());
    drawing.stroke(100);
    const auto drawn = drawing.ink();
    drawing.apply(BeginStroke{});
    drawing.apply(DrawLine{{80, 100}, {320, 100}, 60, true});
    CHECK(drawing.draw().canvas.blank());
    drawing.apply(UndoDrawing{});
    CHECK(drawing.ink() == drawn);
}

TEST_CASE("Clear and Invert can be undone", "[app]") {
    DrawingApp drawing;
    drawing.stroke(100);
    const auto drawn = drawing.ink();
    drawing.apply(InvertPaper{});
    CHECK(drawing.draw().light_on_dark);
    CHECK(drawing.ink() == drawn);
    drawing.apply(ClearDrawing{});
    CHECK(drawing.draw().canvas.blank());
    CHECK(drawing.draw().light_on_dark);
    drawing.apply(UndoDrawing{});
    CHECK(drawing.ink() == drawn);
    drawing.apply(UndoDrawing{});
    CHECK_FALSE(drawing.draw().light_on_dark);
    drawing.apply(ClearDrawing{});
    drawing.apply(ClearDrawing{});  // clearing a clear paper is not a step
    drawing.apply(UndoDrawing{});
    CHECK(drawing.ink() == drawn);
}

TEST_CASE("an inverted drawing is read as the same digit", "[app]") {
    DrawingApp drawing;
    drawing.stroke(224);
    drawing.app.update(0);
    REQUIRE(drawing.draw().reading.digits.size() == 1);
    const DigitPixels pixels = drawing.draw().reading.digits[0].prepared.pixels;
    CHECK(drawing.draw().reading.picture.grey.at(5, 5) == 255);
    drawing.apply(InvertPaper{});
    drawing.app.update(0);
    REQUIRE(drawing.draw().reading.digits.size() == 1);
    CHECK(drawing.draw().reading.picture.grey.at(5, 5) == 0);
    CHECK(drawing.draw().reading.digits[0].prepared.pixels == pixels);
}

TEST_CASE("a picture replaces the drawing until it is cleared", "[app]") {
    DrawingApp drawing;
    drawing.stroke(100);
    const auto drawn = drawing.ink();
    drawing.apply(SetPicture{grey_picture()});
    CHECK(drawing.app.state().view == View::draw);
    CHECK(drawing.draw().canvas.blank());
    drawing.app.update(0);
    CHECK(drawing.draw().reading.digits.size() == 1);
    CHECK(drawing.draw().reading.picture.grey.width == 60);

    const Status late = drawing.app.apply(DrawLine{{1, 1}, {9, 9}, 24});
    REQUIRE_FALSE(late);
    CHECK(late.error().code == "not-drawable");
    const Status bad = drawing.app.apply(SetPicture{GreyImage{3, 3, {1, 2}}});
    REQUIRE_FALSE(bad);
    CHECK(bad.error().code == "bad-image");
    CHECK(drawing.draw().picture);

    drawing.apply(InvertPaper{});
    CHECK(drawing.draw().picture->at(0, 0) == 25);
    drawing.apply(UndoDrawing{});
    CHECK(drawing.draw().picture->at(0, 0) == 230);
    drawing.apply(ClearDrawing{});
    CHECK_FALSE(drawing.draw().picture);
    drawing.app.update(0);
    CHECK(drawing.draw().reading.digits.empty());
    drawing.apply(UndoDrawing{});
    CHECK(drawing.draw().picture);
    drawing.apply(UndoDrawing{});
    CHECK_FALSE(drawing.draw().picture);
    CHECK(drawing.ink() == drawn);
}

TEST_CASE("samples are put on the paper and can be undone", "[app]") {
    DrawingApp drawing;
    drawing.apply(PlaceSampleDigit{4});
    const auto first = drawing.ink();
    CHECK_FALSE(drawing.draw().canvas.blank());
    drawing.apply(PlaceSampleDigit{4});
    CHECK(drawing.ink() != first);
    drawing.apply(UndoDrawing{});
    CHECK(drawing.ink() == first);
    drawing.apply(PlaceSamplePhoto{});
    CHECK(drawing.draw().picture);
    CHECK_FALSE(drawing.app.apply(PlaceSampleDigit{10}));
    const Status early = drawing.app.apply(PlaceTestDigit{});
    REQUIRE_FALSE(early);
    CHECK(early.error().code == "no-data");
    drawing.apply(ReportDataReady{stripes()});
    drawing.apply(PlaceTestDigit{});
    CHECK_FALSE(drawing.draw().picture);
    CHECK_FALSE(drawing.draw().canvas.blank());
}

TEST_CASE("the pen width stays within its limits", "[app]") {
    DrawingApp drawing;
    drawing.apply(SetPen{1});
    CHECK(drawing.draw().pen_width == smallest_pen);
    drawing.apply(SetPen{500});
    CHECK(drawing.draw().pen_width == largest_pen);
    drawing.apply(ChooseTool{DrawingTool::eraser});
    CHECK(drawing.draw().tool == DrawingTool::eraser);
}

TEST_CASE("answers come from time to time while the pen is down, and at once when it is lifted", "[app]") {
    MemoryFiles files;
    double now = 10;
    App app({files, [&] { return now; }, [] { return 1.7e9; }, {"native", "test", 1}});
    (void)app.update(0);
    const auto readings = [&] { return app.state().draw.reading_revision; };
    REQUIRE(app.apply(BeginStroke{}));
    REQUIRE(app.apply(DrawLine{{100, 100}, {200, 200}, 24}));
    now += 1;
    (void)app.update(0);
    const std::uint64_t first = readings();
    REQUIRE(app.apply(DrawLine{{200, 200}, {200, 300}, 24}));
    now += 0.01;
    (void)app.update(0);
    CHECK(readings() == first);
    CHECK(app.busy());
    now += 0.1;
    (void)app.update(0);
    CHECK(readings() == first + 1);
    REQUIRE(app.apply(DrawLine{{200, 300}, {100, 300}, 24}));
    REQUIRE(app.apply(EndStroke{}));
    (void)app.update(0);
    CHECK(readings() == first + 2);
    CHECK_FALSE(app.busy());
}

TEST_CASE("after a model has changed, the paper is read again only while it can be seen", "[app]") {
    MemoryFiles files;
    App app(services(files));
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(PlaceSampleDigit{4}));
    settle(app);
    const std::uint64_t before = app.state().draw.reading_revision;
    REQUIRE(app.apply(StartTraining{quick_spec("softmax", 3)}));
    settle(app);
    CHECK(app.state().models.size() == 1);
    CHECK(app.state().draw.reading_revision == before);

    REQUIRE(app.apply(ShowView{View::draw}));
    CHECK(app.busy());
    settle(app);
    CHECK(app.state().draw.reading_revision == before + 1);
    REQUIRE(selected_digit(app.state().draw));
    CHECK(selected_digit(app.state().draw)->answers.size() == 1);

    REQUIRE(app.apply(StartTraining{quick_spec("softmax", 3)}));
    settle(app);
    CHECK(selected_digit(app.state().draw)->answers.size() == 2);
}

TEST_CASE("a drawing enters the log with the answers of the current models, even if it was not in view", "[app]") {
    MemoryFiles files;
    App app(services(files));
    REQUIRE(app.apply(ReportDataReady{stripes()}));
    REQUIRE(app.apply(PlaceSampleDigit{4}));
    settle(app);
    REQUIRE(app.apply(StartTraining{quick_spec("softmax", 1)}));
    settle(app);
    REQUIRE(app.apply(ClearDrawing{}));
    REQUIRE(app.state().drawings.all.size() == 1);
    CHECK(app.state().drawings.all[0]->answers.size() == 1);
}
