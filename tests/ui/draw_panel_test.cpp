// The Draw view: tools, stages, several digits, pictures.

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "ui/harness.h"
#include "ui/sample_state.h"

using namespace digitlab;

namespace {

ReadDigit digit_at(int left, int answer) {
    ReadDigit digit;
    digit.prepared.blank = false;
    digit.prepared.left = left;
    digit.prepared.right = left + 60;
    digit.prepared.top = 100;
    digit.prepared.bottom = 200;
    Answer one;
    one.model = one.name = "model_mlp_run1";
    one.digit = answer;
    one.confidence = 0.9F;
    one.probabilities.assign(10, 0.01F);
    one.probabilities[static_cast<std::size_t>(answer)] = 0.9F;
    digit.answers = {one};
    digit.consensus = find_consensus(digit.answers);
    return digit;
}

/// "407" on the paper.
State number_state(bool as_picture) {
    State state;
    state.view = View::draw;
    state.models = {"r-1"};
    DrawState& draw = state.draw;
    draw.canvas.draw_line({100, 100}, {130, 190}, 20);
    if (as_picture)
        draw.picture = std::make_shared<const GreyImage>(GreyImage{448, 300, std::vector<std::uint8_t>(448 * 300, 200)});
    draw.reading.digits = {digit_at(50, 4), digit_at(180, 0), digit_at(320, 7)};
    draw.reading.number = "407";
    draw.reading.picture.grey = grey_of(draw);
    draw.reading_revision = 1;
    draw.selected_digit = 1;
    return state;
}

}  // namespace

TEST_CASE("every tool makes its command", "[ui]") {
    State state = filled_state();
    state.view = View::draw;
    state.draw.undo.changed({});
    (void)state.draw.undo.undo({});
    state.draw.undo.changed({});
    for (const float width : {1280.0F, 390.0F}) {
        Harness harness(width, 1800);
        harness.settle(state);
        const auto made_by = [&](const char* name) {
            INFO(name);
            REQUIRE(harness.find(Role::button, name));
            return harness.click(state, *harness.find(Role::button, name));
        };
        REQUIRE(first<ChooseTool>(made_by("Eraser")));
        CHECK(first<ChooseTool>(made_by("Eraser"))->tool == DrawingTool::eraser);
        CHECK(first<UndoDrawing>(made_by("Undo")));
        CHECK(first<InvertPaper>(made_by("Invert")));
        CHECK(first<ClearDrawing>(made_by("Clear")));
        CHECK(first<PredictDrawing>(made_by("Predict")));
        const Commands open = made_by("Open picture");
        REQUIRE(first<AskPlatform>(open));
        CHECK(first<AskPlatform>(open)->action == PlatformAction(PickPicture{}));
        CHECK_FALSE(harness.find(Role::button, "Redo")->enabled);
        CHECK(harness.find(Role::button, "Pen")->checked);
        CHECK(made_by("Sample digits").empty());
        REQUIRE(first<PlaceSampleDigit>(made_by("Sample 3")));
        CHECK(first<PlaceSampleDigit>(made_by("Sample 3"))->digit == 3);
        CHECK(first<PlaceSamplePhoto>(made_by("Photo of a note")));
        CHECK(first<PlaceTestDigit>(made_by("MNIST test digit")));
    }
}

TEST_CASE("each stage is named, explained and can be switched off", "[ui]") {
    State state = filled_state();
    state.view = View::draw;
    Harness harness(1280, 1800);
    harness.settle(state);
    CHECK(harness.find(Role::text, "Grey"));
    for (const char* name : {"Even light", "Invert", "Threshold", "Crop", "Fit 20\u00D720", "Centre"}) {
        const MirrorNode* stage = harness.find(Role::checkbox, name);
        INFO(name);
        REQUIRE(stage);
        CHECK(stage->checked);
        CHECK(stage->description.size() > 20);
    }
    const Commands off = harness.click(state, *harness.find(Role::checkbox, "Threshold"));
    REQUIRE(first<SetPreparationSteps>(off));
    PreparationSteps steps;
    steps.threshold = false;
    CHECK(first<SetPreparationSteps>(off)->steps == steps);
    state.draw.steps = steps;
    harness.settle(state);
    CHECK_FALSE(harness.find(Role::checkbox, "Threshold")->checked);
}

TEST_CASE("several digits are read as a number, and each can be inspected", "[ui]") {
    const State state = number_state(false);
    Harness harness;
    harness.settle(state);
    CHECK(harness.find(Role::status, "Reads 407"));
    CHECK(harness.find(Role::text, "Digit 2 of 3: The model says 0"));
    CHECK(harness.find(Role::button, "Digit 2: 0")->checked);
    const Commands commands = harness.click(state, *harness.find(Role::button, "Digit 3: 7"));
    REQUIRE(first<SelectDigit>(commands));
    CHECK(first<SelectDigit>(commands)->index == 2);
    CHECK_FALSE(harness.find(Role::button, "Box 3: 7"));  // a press there draws
}

TEST_CASE("a press on a box of a picture selects its digit and draws nothing", "[ui]") {
    const State state = number_state(true);
    Harness harness;
    harness.settle(state);
    const MirrorNode* box = harness.find(Role::button, "Box 1: 4");
    REQUIRE(box);
    const MirrorNode* area = harness.find(Role::region, "Drawing area");
    CHECK(box->x >= area->x);
    CHECK(box->y > area->y + 30);  // the picture is wider than high, so it is centred vertically
    const Commands commands = harness.click(state, *box);
    REQUIRE(commands.size() == 1);
    REQUIRE(first<SelectDigit>(commands));
    CHECK(first<SelectDigit>(commands)->index == 0);
}

TEST_CASE("a shape that is not a digit is called so, with the models' answers to it", "[ui]") {
    State state = filled_state();
    state.view = View::draw;
    ReadDigit& digit = state.draw.reading.digits[0];
    digit.fits = false;
    digit.answers[0].fits = false;
    for (const float width : {1280.0F, 390.0F}) {
        Harness harness(width, 1800);
        harness.settle(state);
        CHECK(harness.find(Role::status, "Not a digit"));
        const MirrorNode* answers = harness.find(Role::table, "Answers");
        REQUIRE(answers);
        CHECK(answers->rows[1][2] == "7, or not a digit");
        CHECK(answers->rows[2][2] == "7");
    }
}

TEST_CASE("the number, its boxes and its doubts fit into every window", "[ui]") {
    for (const bool as_picture : {false, true}) {
        State state = number_state(as_picture);
        state.draw.reading.digits[1].unsure = true;
        state.draw.reading.digits[1].doubt = "Could be 0 or 6";
        state.draw.reading.unsure = true;
        state.draw.reading.doubt = "The first two digits may touch";
        for (const float width : {1280.0F, 390.0F, 320.0F}) {
            Harness harness(width, 844, width < 500 ? ThemeChoice::dark : ThemeChoice::light);
            harness.settle(state);
            CHECK_FALSE(harness.window.wants_frame());
            const auto& nodes = harness.window.mirror().nodes();
            const auto says = [&](const char* words) {
                return std::ranges::any_of(nodes,
                                           [&](const MirrorNode& node) { return node.value.find(words) != std::string::npos; });
            };
            CHECK(says("Could be 0 or 6"));
            CHECK(says("may touch"));
            for (const MirrorNode& node : nodes) CHECK((node.clipped || node.x + node.width <= width + 0.5F));
        }
    }
}
