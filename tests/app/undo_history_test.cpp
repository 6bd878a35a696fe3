#include "app/undo_history.h"

#include <catch2/catch_test_macros.hpp>

using namespace digitlab;

namespace {

PaperSnapshot snapshot_of(std::vector<std::uint8_t> ink) { return {std::move(ink), nullptr, false}; }

std::shared_ptr<const GreyImage> picture_of(std::size_t bytes) {
    return std::make_shared<const GreyImage>(GreyImage{static_cast<int>(bytes), 1, std::vector<std::uint8_t>(bytes)});
}

}  // namespace

TEST_CASE("packed ink is unpacked without loss", "[app]") {
    InkCanvas canvas;
    CHECK(pack_ink(canvas.image()).size() < 2000);
    canvas.draw_line({30, 40}, {400, 300}, 24);
    canvas.draw_line({30, 300}, {400, 100}, 7);
    const std::vector<std::uint8_t> packed = pack_ink(canvas.image());
    CHECK(packed.size() < 30000);
    const GreyImage back = unpack_ink(packed, InkCanvas::side);
    CHECK(back.ink == canvas.image().ink);
    CHECK(back.width == InkCanvas::side);
    CHECK(back.height == InkCanvas::side);
}

TEST_CASE("undo and redo go back and forth, and a change discards the redo steps", "[app]") {
    UndoHistory history;
    CHECK_FALSE(history.can_undo());
    history.changed(snapshot_of({1}));
    history.changed(snapshot_of({2}));
    CHECK(history.undo(snapshot_of({3})).ink == std::vector<std::uint8_t>{2});
    CHECK(history.undo(snapshot_of({2})).ink == std::vector<std::uint8_t>{1});
    CHECK_FALSE(history.can_undo());
    CHECK(history.redo(snapshot_of({1})).ink == std::vector<std::uint8_t>{2});
    CHECK(history.can_redo());
    history.changed(snapshot_of({2}));
    CHECK_FALSE(history.can_redo());
    CHECK(history.can_undo());
}

TEST_CASE("the history drops the oldest steps before it takes too much memory", "[app]") {
    UndoHistory many;
    for (int i = 0; i < 300; ++i) many.changed(snapshot_of({static_cast<std::uint8_t>(i)}));
    std::size_t steps = 0;
    while (many.can_undo()) {
        (void)many.undo(snapshot_of({}));
        ++steps;
    }
    CHECK(steps == UndoHistory::most_steps);

    UndoHistory large;
    for (int i = 0; i < 20; ++i) {
        PaperSnapshot snapshot = snapshot_of({});
        snapshot.picture = picture_of(2'000'000);
        large.changed(snapshot);
        CHECK(large.bytes() <= UndoHistory::most_bytes);
    }
    CHECK(large.can_undo());
}
