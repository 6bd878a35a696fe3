#include "app/draw_commands.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "data/sample_digits.h"

namespace digitlab {

namespace {

PaperSnapshot snapshot(const DrawState& draw) { return {pack_ink(draw.canvas.image()), draw.picture, draw.light_on_dark}; }

/// All snapshots come from `snapshot`, so the canvas has the same size.
void restore(DrawState& draw, const PaperSnapshot& paper) {
    (void)draw.canvas.set_image(unpack_ink(paper.ink, InkCanvas::side));
    draw.picture = paper.picture;
    draw.light_on_dark = paper.light_on_dark;
    ++draw.paper_revision;
}

/// Records an undo step before the whole paper changes.
void remember(DrawState& draw) {
    draw.undo.changed(snapshot(draw));
    draw.before_stroke.reset();
    ++draw.paper_revision;
}

}  // namespace

Status change_drawing(DrawState& draw, const BeginStroke&) {
    draw.before_stroke = snapshot(draw);
    draw.stroke_open = true;
    return {};
}

Status change_drawing(DrawState& draw, const EndStroke&) {
    draw.stroke_open = false;
    return {};
}

Status change_drawing(DrawState& draw, const DrawLine& command) {
    if (draw.picture) return fail("not-drawable", "A picture lies on the paper. Clear it to draw.");
    const std::uint64_t before = draw.canvas.revision();
    if (command.erases) {
        draw.canvas.erase_line(command.from, command.to, command.diameter);
    } else {
        draw.canvas.draw_line(command.from, command.to, command.diameter);
    }
    if (draw.canvas.revision() == before) return {};
    ++draw.paper_revision;
    // Only a stroke that leaves a trace becomes an undo step.
    if (draw.before_stroke) draw.undo.changed(*std::exchange(draw.before_stroke, std::nullopt));
    return {};
}

Status change_drawing(DrawState& draw, const SetPen& command) {
    draw.pen_width = std::clamp(command.width, smallest_pen, largest_pen);
    return {};
}

Status change_drawing(DrawState& draw, const ChooseTool& command) {
    draw.tool = command.tool;
    return {};
}

Status change_drawing(DrawState& draw, const ClearDrawing&) {
    if (draw.canvas.blank() && !draw.picture) return {};
    remember(draw);
    draw.canvas.clear();
    draw.picture.reset();
    draw.tool = DrawingTool::pen;
    return {};
}

Status change_drawing(DrawState& draw, const InvertPaper&) {
    remember(draw);
    draw.light_on_dark = !draw.light_on_dark;
    if (!draw.picture) return {};
    GreyImage inverted = *draw.picture;
    for (std::uint8_t& grey : inverted.ink) grey = static_cast<std::uint8_t>(255 - grey);
    draw.picture = std::make_shared<const GreyImage>(std::move(inverted));
    return {};
}

Status change_drawing(DrawState& draw, const UndoDrawing&) {
    if (!draw.undo.can_undo()) return {};
    restore(draw, draw.undo.undo(snapshot(draw)));
    return {};
}

Status change_drawing(DrawState& draw, const RedoDrawing&) {
    if (!draw.undo.can_redo()) return {};
    restore(draw, draw.undo.redo(snapshot(draw)));
    return {};
}

Status change_drawing(DrawState& draw, const PlaceSampleDigit& command) {
    if (command.digit < 0 || command.digit > 9) return fail("bad-argument", "Sample digits are 0 to 9.");
    return set_drawing(draw, sample_drawing(command.digit, draw.samples_placed++));
}

Status change_drawing(DrawState& draw, const PlaceSamplePhoto&) {
    return set_picture(draw, sample_photo(draw.samples_placed++));
}

Status set_drawing(DrawState& draw, GreyImage ink) {
    PaperSnapshot before = snapshot(draw);
    if (Status set = draw.canvas.set_image(std::move(ink)); !set) return set;
    draw.undo.changed(std::move(before));
    draw.before_stroke.reset();
    draw.picture.reset();
    ++draw.paper_revision;
    return {};
}

Status set_picture(DrawState& draw, GreyImage grey) {
    if (!is_well_formed(grey)) return fail("bad-image", "The picture has no pixels. Try another one.");
    remember(draw);
    draw.canvas.clear();
    draw.picture = std::make_shared<const GreyImage>(std::move(grey));
    return {};
}

}  // namespace digitlab
