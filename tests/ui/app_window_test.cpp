#include "ui/app_window.h"

#include <imgui.h>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "app/settle.h"
#include "store/memory_files.h"

using namespace digitlab;

namespace {

/// A shell without a screen.
struct Shell {
    MemoryFiles files;
    App app{services(files)};
    AppWindow window{app};

    explicit Shell(View view) {
        REQUIRE(app.apply(ShowView{view}));
        ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
        settle();
    }

    bool wants_frame() const { return window.wants_frame(monotonic_secs()); }
    bool wants_frame_now() const { return window.wants_frame_now(monotonic_secs()); }
    void frame() {
        window.prepare(monotonic_secs());
        window.draw();
    }
    void settle() {
        for (int left = 60; left > 0 && wants_frame(); --left) frame();
        REQUIRE_FALSE(wants_frame());
    }
    /// Draws a line through the middle of the drawing area, and lifts the pen.
    void draw_line() {
        const MirrorNode* area = nullptr;
        for (const MirrorNode& node : window.window().mirror().nodes()) {
            if (node.name == "Drawing area") area = &node;
        }
        REQUIRE(area);
        PointerSample sample;
        sample.x = area->x + area->width / 2;
        for (int step = 0; step < 10; ++step) {
            sample.y = area->y + area->height * (0.3F + 0.04F * static_cast<float>(step));
            sample.phase = step == 0 ? PointerSample::Phase::down : PointerSample::Phase::move;
            window.window().pointer(sample);
        }
        sample.phase = PointerSample::Phase::up;
        window.window().pointer(sample);
    }
};

}  // namespace

TEST_CASE("the next frame shows new ink, already read", "[ui]") {
    Shell shell(View::draw);
    shell.draw_line();
    CHECK(shell.wants_frame_now());
    CHECK(shell.app.state().draw.canvas.blank());
    shell.frame();
    CHECK_FALSE(shell.app.state().draw.canvas.blank());
    CHECK(shell.app.state().draw.reading.digits.size() == 1);
    shell.settle();
}

TEST_CASE("a digit key labels what has been drawn up to now", "[ui]") {
    Shell shell(View::draw);
    shell.window.digit_key(3);  // nothing has been drawn yet
    CHECK(shell.app.state().drawings.all.empty());
    CHECK(shell.app.state().notices.empty());
    shell.draw_line();
    shell.window.digit_key(1);
    REQUIRE(shell.app.state().drawings.all.size() == 1);
    CHECK(shell.app.state().drawings.all[0]->label == 1);
}

TEST_CASE("a digit key does nothing when no drawing is shown", "[ui]") {
    Shell shell(View::draw);
    shell.draw_line();
    shell.frame();
    REQUIRE(shell.app.apply(ShowView{View::train}));
    shell.window.digit_key(1);
    CHECK(shell.app.state().drawings.all.empty());
}

TEST_CASE("a state changed from elsewhere needs a frame, but not at once", "[ui]") {
    Shell shell(View::train);
    CHECK_FALSE(shell.wants_frame_now());
    REQUIRE(shell.app.apply(ReportDone{"Something was done."}));
    CHECK(shell.wants_frame());
    CHECK_FALSE(shell.wants_frame_now());
}

TEST_CASE("while a confirmation is shown, one frame is expected, and nothing else", "[ui]") {
    Shell shell(View::train);
    const auto secs = [&] { return shell.window.secs_to_next_frame(monotonic_secs()); };
    CHECK(std::isinf(secs()));
    REQUIRE(shell.app.apply(ReportDone{"Something was done."}));
    shell.settle();
    CHECK(secs() > 0);
    CHECK(secs() <= 6);
    CHECK_FALSE(shell.app.busy());
    REQUIRE(shell.app.apply(DismissNotice{shell.app.state().notices[0].id}));
    shell.settle();
    CHECK(std::isinf(secs()));
}
