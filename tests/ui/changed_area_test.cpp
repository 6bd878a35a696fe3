// Compares painting only the changes with painting everything.

#include "ui/changed_area.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "app/settle.h"
#include "base/random.h"
#include "store/memory_files.h"
#include "ui/harness.h"

using namespace digitlab;

namespace {

std::uint64_t no_revision(ImTextureID) { return 0; }

/// A simple reference painter: triangles in order, pixel by pixel, blended by alpha.
class Canvas {
   public:
    Canvas(int width, int height)
        : width_(width), height_(height), pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {}

    void paint(const ImDrawData& data, const PixelRect& rect) {
        for_each_pixel(rect, [&](float& pixel, float, float) { pixel = 0; });
        for (const ImDrawList* list : data.CmdLists) {
            for (const ImDrawCmd& command : list->CmdBuffer) {
                const PixelRect scissor = intersection(scissor_of(command, data), rect);
                for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
                    const auto corner = [&](unsigned k) -> const ImDrawVert& {
                        return list->VtxBuffer[static_cast<int>(command.VtxOffset) +
                                               list->IdxBuffer[static_cast<int>(command.IdxOffset + i + k)]];
                    };
                    paint(corner(0), corner(1), corner(2), scissor, data.FramebufferScale.x);
                }
            }
        }
    }

    bool operator==(const Canvas&) const = default;

   private:
    template <class Change>
    void for_each_pixel(const PixelRect& wanted, Change change) {
        const PixelRect rect = intersection(wanted, {0, 0, width_, height_});
        for (int y = rect.top; y < rect.bottom; ++y) {
            for (int x = rect.left; x < rect.right; ++x) {
                change(pixels_[static_cast<std::size_t>(y * width_ + x)], static_cast<float>(x) + 0.5F,
                       static_cast<float>(y) + 0.5F);
            }
        }
    }

    void paint(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const PixelRect& scissor, float scale) {
        const auto side = [](ImVec2 from, ImVec2 to, float x, float y) {
            return (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x);
        };
        const ImVec2 p{a.pos.x * scale, a.pos.y * scale}, q{b.pos.x * scale, b.pos.y * scale},
            r{c.pos.x * scale, c.pos.y * scale};
        const PixelRect box{
            static_cast<int>(std::floor(std::min({p.x, q.x, r.x}))), static_cast<int>(std::floor(std::min({p.y, q.y, r.y}))),
            static_cast<int>(std::ceil(std::max({p.x, q.x, r.x}))), static_cast<int>(std::ceil(std::max({p.y, q.y, r.y})))};
        const float alpha = static_cast<float>(a.col >> 24) / 255, grey = static_cast<float>(a.col & 255);
        for_each_pixel(intersection(box, scissor), [&](float& pixel, float x, float y) {
            const bool turns[] = {side(p, q, x, y) >= 0, side(q, r, x, y) >= 0, side(r, p, x, y) >= 0};
            if (turns[0] == turns[1] && turns[1] == turns[2]) pixel += (grey - pixel) * alpha;
        });
    }

    int width_, height_;
    std::vector<float> pixels_;
};

std::int64_t area(const std::vector<PixelRect>& rects) {
    std::int64_t sum = 0;
    for (const PixelRect& rect : rects) sum += std::int64_t{rect.right - rect.left} * (rect.bottom - rect.top);
    return sum;
}

/// The program with its window, as the user sees it.
struct Screen {
    explicit Screen(float width = 1280, float height = 800, float ratio = 1)
        : harness(width, height, ThemeChoice::light, ratio),
          width(static_cast<int>(width * ratio)),
          height(static_cast<int>(height * ratio)) {}

    const ImDrawData& draw() {
        harness.settle(app.state());
        return *ImGui::GetDrawData();
    }

    MemoryFiles files;
    App app{services(files)};
    Harness harness;
    int width, height;
};

}  // namespace

TEST_CASE("painting only what has changed gives the same picture as painting everything") {
    for (const float ratio : {1.0F, 1.5F}) {
        Screen screen(700, 500, ratio);
        ChangedArea changed;
        Canvas kept(screen.width, screen.height);
        RandomStream random(7, RandomPurpose::sampling);
        for (int round = 0; round < 40; ++round) {
            CAPTURE(ratio, round);
            switch (random.below(4)) {
                case 0: REQUIRE(screen.app.apply(ShowView{all_views[random.below(6)]})); break;
                case 1:
                    screen.harness.point(PointerSample::Phase::move, static_cast<float>(random.below(700)),
                                         static_cast<float>(random.below(500)));
                    break;
                case 2: (void)screen.app.apply(DrawLine{{100, 100}, {static_cast<float>(random.below(300)), 200}, 20}); break;
                default: break;  // nothing
            }
            const ImDrawData& data = screen.draw();
            for (const PixelRect& rect : changed.next(data, screen.width, screen.height, no_revision)) kept.paint(data, rect);
            Canvas whole(screen.width, screen.height);
            whole.paint(data, {0, 0, screen.width, screen.height});
            REQUIRE(kept == whole);
        }
    }
}

TEST_CASE("an unchanged frame has no changed area, and the first one is changed everywhere") {
    Screen screen;
    ChangedArea changed;
    const std::vector<PixelRect> whole{{0, 0, 1280, 800}};
    CHECK(changed.next(screen.draw(), 1280, 800, no_revision) == whole);
    CHECK(changed.next(screen.draw(), 1280, 800, no_revision).empty());
    changed.forget();
    CHECK(changed.next(screen.draw(), 1280, 800, no_revision) == whole);
    CHECK(changed.next(screen.draw(), 1281, 800, no_revision) == std::vector<PixelRect>{{0, 0, 1281, 800}});
}

TEST_CASE("a hovered button changes a small area, and a new texture every place that shows it") {
    Screen screen;
    ChangedArea changed;
    (void)changed.next(screen.draw(), 1280, 800, no_revision);
    const MirrorNode* button = screen.harness.find(Role::button, "Start training");
    REQUIRE(button);
    screen.harness.point(PointerSample::Phase::move, button->x + 20, button->y + 20);
    const auto hovered = changed.next(screen.draw(), 1280, 800, no_revision);
    CHECK_FALSE(hovered.empty());
    CHECK(area(hovered) < 1280 * 800 / 8);

    const ImDrawData& data = screen.draw();
    const auto other = changed.next(data, 1280, 800, [](ImTextureID) { return 1U; });
    CHECK(area(other) > 1280 * 800 / 2);  // the letters are in a texture, too
}
