#include "ui/panels/paper.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/drawing.h"
#include "ui/keyboard_pen.h"
#include "ui/panels/answers.h"
#include "ui/pressable.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr float rounding = 8;
/// Smaller boxes are enlarged to this, so that they can be pressed.
constexpr float least_box = 24;

/// Unless inverted, paper is the lighter of the two in both themes, so that a drawing looks the way it is read.
struct PaperColours {
    ImU32 paper, ink;
};

PaperColours colours_of(const DrawState& draw, const Ui& ui) {
    const ImU32 light = ui.dark ? ui.colours.ink : ui.colours.paper, dark = ui.dark ? ui.colours.paper : ui.colours.ink;
    return draw.light_on_dark ? PaperColours{dark, light} : PaperColours{light, dark};
}

/// Maps the pixels of a picture to the paper.
struct Placed {
    ImVec2 min;
    float scale = 1;

    ImVec2 at(int x, int y) const { return min + ImVec2(static_cast<float>(x) * scale, static_cast<float>(y) * scale); }
};

Placed fitted(const GreyImage& image, ImVec2 min, float side) {
    const auto width = static_cast<float>(image.width), height = static_cast<float>(image.height);
    const float scale = side / std::max({width, height, 1.0F});
    return {min + ImVec2((side - width * scale) / 2, (side - height * scale) / 2), scale};
}

/// Draws without textures: rectangles of equal grey, about a hundred per row.
void draw_coarsely(const GreyImage& image, const Placed& placed, ImU32 ink) {
    const int step = std::max(std::max(image.width, image.height) / 112, 1);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (int y = 0; y + step <= image.height; y += step) {
        for (int x = 0; x + step <= image.width;) {
            const int grey = image.at(x + step / 2, y + step / 2) / 16;
            int end = x + step;
            while (end + step <= image.width && image.at(end + step / 2, y + step / 2) / 16 == grey) end += step;
            if (grey > 0)
                list.AddRectFilled(placed.at(x, y), placed.at(end, y + step), with_alpha(ink, static_cast<float>(grey) / 15));
            x = end;
        }
    }
}

void draw_image(const GreyImage& image, const Placed& placed, TextureSlot slot, std::uint64_t revision, ImU32 ink, Ui& ui) {
    if (!ui.textures) return draw_coarsely(image, placed, ink);
    const ImTextureID texture = ui.textures->texture(static_cast<int>(slot), image, revision);
    ImGui::GetWindowDrawList()->AddImageRounded(texture, placed.min, placed.at(image.width, image.height), {0, 0}, {1, 1}, ink,
                                                rounding);
}

/// Draws a box around the digit, with its answer on a tab above.
void draw_box(const ReadDigit& digit, const std::string& label, bool selected, ImVec2 min, ImVec2 max, Ui& ui) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImU32 colour = digit.unsure ? ui.colours.bad : ui.colours.accent;
    list.AddRect(min, max, colour, 4, 0, selected ? 3.0F : 1.5F);
    const ImVec2 size = measure(ui.fonts.strong, label);
    const ImVec2 corner = {min.x, std::max(min.y - size.y - 4, ui.surface.origin.y)};
    list.AddRectFilled(corner, corner + size + ImVec2(12, 4), selected ? colour : ui.colours.surface, 4);
    list.AddRect(corner, corner + size + ImVec2(12, 4), colour, 4);
    put_text(ui.fonts.strong, corner + ImVec2(6, 2), selected ? ui.colours.on_accent : colour, label);
}

/// Makes a box show the digit's stages and answers when pressed. Only on pictures: on a drawing, a press there draws.
void box_button(const std::string& name, std::size_t index, ImVec2 min, ImVec2 max, Ui& ui) {
    const ImVec2 grown = {std::max(least_box - (max.x - min.x), 0.0F) / 2, std::max(least_box - (max.y - min.y), 0.0F) / 2};
    min = min - grown;
    max = max + grown;
    MirrorNode node;
    node.role = Role::button;
    node.name = name;
    node.description = "Shows how this digit is prepared, and its answers";
    ImGui::SetCursorScreenPos(min);
    const Press press = pressable(ui, name.c_str(), max - min, std::move(node));
    if (press.hovered) ImGui::GetWindowDrawList()->AddRectFilled(min, max, with_alpha(ui.colours.accent, 0.15F), 4);
    if (press.pressed) ui.commands.push_back(SelectDigit{index});
}

void draw_boxes(const DrawState& draw, const Placed& placed, Ui& ui) {
    const std::vector<ReadDigit>& digits = draw.reading.digits;
    if (digits.size() < 2 && !draw.picture) return;
    for (std::size_t index = 0; index < digits.size(); ++index) {
        const PreparedDigit& prepared = digits[index].prepared;
        const ImVec2 min = placed.at(prepared.left, prepared.top), max = placed.at(prepared.right, prepared.bottom);
        const std::string answer = answer_letter(digits[index]);
        draw_box(digits[index], answer, index == draw.selected_digit, min, max, ui);
        if (draw.picture) box_button("Box " + std::to_string(index + 1) + ": " + answer, index, min, max, ui);
    }
}

void draw_keyboard_pen(const KeyboardPen& pen, const Placed& placed, Ui& ui) {
    const ImVec2 at = placed.min + ImVec2(pen.place().x * placed.scale, pen.place().y * placed.scale);
    const float radius = std::max(ui.surface.pen_diameter * placed.scale / 2, 4.0F);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (pen.down()) list.AddCircleFilled(at, radius, with_alpha(ui.colours.accent, 0.5F));
    list.AddCircle(at, radius + 2, ui.colours.accent, 0, 2);
    for (const ImVec2 arm : {ImVec2(radius + 9, 0), ImVec2(0, radius + 9)})
        list.AddLine(at - arm, at + arm, ui.colours.accent, 1.5F);
}

/// Draws the outline of the eraser, to show what it will erase.
void draw_eraser(const DrawingSurface& surface, Ui& ui) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const bool over = mouse.x >= surface.visible_min.x && mouse.y >= surface.visible_min.y && mouse.x < surface.visible_max.x &&
                      mouse.y < surface.visible_max.y;
    const float diameter = eraser_times * surface.pen_diameter * surface.side / InkCanvas::side;
    if (over) ImGui::GetWindowDrawList()->AddCircle(mouse, diameter / 2, ui.colours.accent, 0, 1.5F);
}

void tell_surface(const DrawState& draw, Ui& ui, ImVec2 min, float side) {
    const ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 clip_min = list.GetClipRectMin(), clip_max = list.GetClipRectMax();
    DrawingSurface& surface = ui.surface;
    surface.shown = true;
    surface.id = ImGui::GetID("Drawing area");
    surface.takes_strokes = draw.picture == nullptr;
    surface.erasing = draw.tool == DrawingTool::eraser;
    // The pen is as wide on the screen as chosen, however small the paper is.
    surface.pen_diameter = draw.pen_width * InkCanvas::side / side;
    surface.origin = min;
    surface.side = side;
    surface.visible_min = {std::max(min.x, clip_min.x), std::max(min.y, clip_min.y)};
    surface.visible_max = {std::min(min.x + side, clip_max.x), std::min(min.y + side, clip_max.y)};
}

std::string describe(const DrawState& draw, const Ui& ui) {
    if (draw.picture)
        return "Shows a picture with " + std::to_string(draw.reading.digits.size()) + " digits found. Clear it to draw.";
    const std::string keys = "Arrow keys move a pen, Space puts it down and lifts it, Delete clears, Ctrl+Z undoes.";
    const std::string pen = ui.keyboard_pen.shown() ? words_of(ui.keyboard_pen) + ". " : "";
    return pen + (draw.canvas.blank() ? "Draw a digit here. " : "Holds a drawing. ") + keys;
}

void report_paper(const DrawState& draw, Ui& ui, ImVec2 min, ImVec2 max) {
    const ImGuiID id = ui.surface.id;
    focus_ring(ui, id, min, max);
    MirrorNode node;
    node.id = id;
    node.role = Role::region;
    node.name = "Drawing area";
    node.description = describe(draw, ui);
    node.takes_keys = true;
    report(ui, std::move(node), min, max);
    if (!ui.keyboard_pen.shown()) return;
    MirrorNode said;
    said.id = ImGui::GetID("keyboard pen");
    said.role = Role::status;
    said.value = words_of(ui.keyboard_pen);
    report(ui, std::move(said), min, max);
}

}  // namespace

void draw_paper(const DrawState& draw, Ui& ui) {
    const float room = ImGui::GetIO().DisplaySize.y - beside_paper;
    const float side =
        std::floor(std::min({ui.width, largest_paper, ui.narrow ? largest_paper : std::max(room, smallest_paper)}));
    const ImVec2 min = reserve({side, side}), max = min + ImVec2(side, side), after = ImGui::GetCursorScreenPos();
    tell_surface(draw, ui, min, side);
    const PaperColours colours = colours_of(draw, ui);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(min, max, draw.picture ? ui.colours.raised : colours.paper, rounding);
    const Placed placed = fitted(draw.picture ? *draw.picture : draw.canvas.image(), min, side);
    if (draw.picture) {
        const ImVec2 end = placed.at(draw.picture->width, draw.picture->height);
        list.AddRectFilled(placed.min, end, IM_COL32_BLACK, rounding);
        draw_image(*draw.picture, placed, TextureSlot::picture, draw.paper_revision, IM_COL32_WHITE, ui);
    } else if (!draw.canvas.blank()) {
        draw_image(draw.canvas.image(), placed, TextureSlot::drawing, draw.paper_revision, colours.ink, ui);
    } else if (!ui.keyboard_pen.shown()) {
        const ImU32 quiet = blend(colours.paper, colours.ink, 0.62F);
        put_text_centred(ui.fonts.heading, {(min.x + max.x) / 2, (min.y + max.y) / 2}, quiet, "Draw a digit here");
    }
    list.AddRect(min, max, ui.colours.border, rounding, 0, 1.5F);
    report_paper(draw, ui, min, max);
    draw_boxes(draw, placed, ui);
    if (ui.keyboard_pen.shown()) draw_keyboard_pen(ui.keyboard_pen, placed, ui);
    if (ui.surface.erasing && ui.surface.takes_strokes) draw_eraser(ui.surface, ui);
    ImGui::SetCursorScreenPos(after);
}

}  // namespace digitlab
