#include <algorithm>
#include <cmath>

#include "ui/drawing.h"
#include "ui/fields.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/panels/answers.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr int canvas_slot = static_cast<int>(TextureSlot::drawing);
constexpr float largest_paper = 448, smallest_paper = 160;
/// What else the page holds above and below the paper on a wide page: bars, heading, slider, buttons, padding.
constexpr float beside_paper = 300;

/// Without textures: runs of equal grey at a quarter of the canvas's resolution.
void draw_coarsely(const GreyImage& image, ImVec2 origin, float side, ImU32 ink) {
    constexpr int step = 4;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float scale = side / static_cast<float>(image.width);
    for (int y = 0; y + step <= image.height; y += step) {
        for (int x = 0; x + step <= image.width;) {
            const int grey = image.at(x + step / 2, y + step / 2) / 16;
            int end = x + step;
            while (end + step <= image.width && image.at(end + step / 2, y + step / 2) / 16 == grey) end += step;
            if (grey > 0) {
                list.AddRectFilled(origin + ImVec2(static_cast<float>(x) * scale, static_cast<float>(y) * scale),
                                   origin + ImVec2(static_cast<float>(end) * scale, static_cast<float>(y + step) * scale),
                                   with_alpha(ink, static_cast<float>(grey) / 15));
            }
            x = end;
        }
    }
}

void tell_surface(Ui& ui, ImVec2 min, float side) {
    const ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 clip_min = list.GetClipRectMin(), clip_max = list.GetClipRectMax();
    DrawingSurface& surface = ui.visual.surface;
    surface.shown = true;
    surface.origin = min;
    surface.side = side;
    surface.visible_min = {std::max(min.x, clip_min.x), std::max(min.y, clip_min.y)};
    surface.visible_max = {std::min(min.x + side, clip_max.x), std::min(min.y + side, clip_max.y)};
}

void draw_paper(const DrawState& draw, Ui& ui) {
    const float room = ImGui::GetIO().DisplaySize.y - beside_paper;
    const float side =
        std::floor(std::min({ui.width, largest_paper, ui.narrow ? largest_paper : std::max(room, smallest_paper)}));
    const ImVec2 min = reserve({side, side}), max = min + ImVec2(side, side);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(min, max, ui.colours.paper, 8);
    if (draw.canvas.blank()) {
        put_text_centred(ui.fonts.heading, {(min.x + max.x) / 2, (min.y + max.y) / 2}, ui.colours.muted, "Draw a digit here");
    } else if (ui.textures) {
        const ImTextureID texture = ui.textures->texture(canvas_slot, draw.canvas.image(), draw.canvas.revision());
        list.AddImageRounded(texture, min, max, {0, 0}, {1, 1}, ui.colours.ink, 8);
    } else {
        draw_coarsely(draw.canvas.image(), min, side, ui.colours.ink);
    }
    list.AddRect(min, max, ui.colours.border, 8, 0, 1.5F);
    tell_surface(ui, min, side);

    MirrorNode node;
    node.id = ImGui::GetID("Drawing area");
    node.role = Role::region;
    node.name = "Drawing area";
    node.description = draw.canvas.blank() ? "Draw a digit here" : "Holds a drawing";
    report(ui, std::move(node), min, max);
}

void draw_tools(const DrawState& draw, Ui& ui) {
    float diameter = draw.pen_diameter;
    if (slider(ui, "Pen width", diameter, smallest_pen, largest_pen, 1)) ui.commands.push_back(SetPen{diameter});
    const float half = (ui.width - ImGui::GetStyle().ItemSpacing.x) / 2;
    ButtonOptions options;
    options.width = half;
    options.icon = icons::erase;
    options.enabled = !draw.canvas.blank();
    if (button(ui, "Clear", options)) ui.commands.push_back(ClearDrawing{});
    ImGui::SameLine();
    options.icon = icons::predict;
    options.kind = ButtonKind::primary;
    options.description = "Asks every model again. They also answer by themselves while you draw.";
    if (button(ui, "Predict", options)) ui.commands.push_back(PredictDrawing{});
}

}  // namespace

void draw_draw(const State& state, Ui& ui) {
    const float height = ImGui::GetIO().DisplaySize.y;
    const float paper = std::clamp(height - beside_paper, smallest_paper, largest_paper);
    Columns columns(ui, std::min(std::max(paper, 300.0F) + 2 * card_padding, ui.width * 0.5F));
    {
        const Card card(ui);
        draw_paper(state.draw, ui);
        draw_tools(state.draw, ui);
    }
    columns.next();
    draw_consensus(state, ui);
    draw_answers(state.draw, ui);
}

}  // namespace digitlab
