// Pen digits by writers who are not in MNIST, drawn with the app's own pen along its whole path: pointer samples, strokes,
// commands, canvas, reading. The page's own model answers.

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/app.h"
#include "base/clock.h"
#include "predict/pen_strokes.h"
#include "store/memory_files.h"
#include "ui/pointer_input.h"

using namespace digitlab;

namespace {

/// The paper at its largest size on the page: one CSS pixel is one canvas pixel.
DrawingSurface whole_paper(float pen_diameter) {
    DrawingSurface surface;
    surface.shown = true;
    surface.pen_diameter = pen_diameter;
    surface.side = InkCanvas::side;
    surface.visible_max = {surface.side, surface.side};
    return surface;
}

/// Moves the mouse along the strokes, as `on_canvas` places them.
template <class OnCanvas>
void draw(App& app, const PenDigit& digit, float pen_diameter, OnCanvas&& on_canvas) {
    const DrawingSurface surface = whole_paper(pen_diameter);
    StrokeInput input;
    Commands commands = {ClearDrawing{}};
    for (const auto& stroke : digit.strokes) {
        PointerSample sample;
        sample.phase = PointerSample::Phase::down;
        for (const InkPoint point : stroke) {
            const InkPoint place = on_canvas(point);
            sample.x = place.x;
            sample.y = place.y;
            input.take(sample, surface);
            sample.phase = PointerSample::Phase::move;
        }
        sample.phase = PointerSample::Phase::up;
        input.take(sample, surface);
    }
    input.append_to(commands);
    app.perform(std::move(commands));
}

/// The file of pen digits: the original, unnormalised training part (pendigits-orig.tra) of "Pen-Based Recognition of
/// Handwritten Digits", E. Alpaydin and F. Alimoglu, 1998, in the UCI Machine Learning Repository.
std::string pen_digits_path() {
    const char* const named = std::getenv("DIGITLAB_PEN_DIGITS");
    return named != nullptr ? named : DIGITLAB_SOURCE_DIR "/../shared/data/pendigits-orig.tra";
}

/// Draws every `step`-th pen digit `size` canvas pixels large. Returns the share of those read as exactly that digit.
double share_read(float size, float pen_diameter, std::size_t step) {
    const std::string path = pen_digits_path();
    if (!std::filesystem::exists(path)) {
        SKIP("no pen digits at " << path << "; DIGITLAB_PEN_DIGITS names their file (see CONTRIBUTING.md)");
    }
    const std::vector<PenDigit> digits = read_pen_digits(path);
    REQUIRE(digits.size() == 7494);
    MemoryFiles files;
    App app({files, monotonic_secs, [] { return 1.7e9; }, {"native", "test", 1}});
    std::ifstream champion(DIGITLAB_SOURCE_DIR "/assets/champion.dglb", std::ios::binary);
    REQUIRE(app.apply(AddReadyModel{Bytes(std::istreambuf_iterator<char>(champion), {})}));
    int right = 0, asked = 0;
    for (std::size_t i = 0; i < digits.size(); i += step, ++asked) {
        draw(app, digits[i], pen_diameter, centred_on_canvas(digits[i], size));
        app.update(0);
        right += app.state().draw.reading.number == std::to_string(digits[i].label) ? 1 : 0;
    }
    return static_cast<double>(right) / asked;
}

}  // namespace

TEST_CASE("digits drawn with a pen are read") {
    const double share = share_read(300, usual_pen, 40);  // may SKIP, so it stays out of CHECK
    CHECK(share > 0.93);
}

TEST_CASE("all digits drawn with a pen are read", "[slow]") {
    const double share = share_read(300, usual_pen, 1);
    INFO(share);
    CHECK(share > 0.95);
}

TEST_CASE("thin and thick pens, small and large digits are read", "[slow]") {
    for (const auto& [size, pen] : {std::pair{300.0F, 10.0F}, {300.0F, 48.0F}, {120.0F, 16.0F}, {400.0F, 30.0F}}) {
        const double share = share_read(size, pen, 10);
        INFO("size " << size << ", pen " << pen << ": " << share);
        CHECK(share > 0.93);
    }
}
