#include "ui/panels/drawing_tools.h"

#include <algorithm>
#include <string>

#include "data/sample_digits.h"
#include "ui/drawing.h"
#include "ui/fields.h"
#include "ui/icons.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr float gap = 8;

struct SampleDigits {
    bool shown = false;
};

bool tool_button(Ui& ui, const char* name, const char* icon, ButtonOptions options) {
    options.icon = icon;
    options.icon_only = true;
    if (options.description.empty()) options.description = name;
    const bool pressed = button(ui, name, options);
    ImGui::SameLine(0, gap);
    return pressed;
}

void draw_tool_choice(const DrawState& draw, Ui& ui) {
    ButtonOptions options;
    options.enabled = draw.picture == nullptr;
    options.stays_pressed = draw.tool == DrawingTool::pen;
    if (tool_button(ui, "Pen", icons::draw, options)) ui.commands.push_back(ChooseTool{DrawingTool::pen});
    options.stays_pressed = draw.tool == DrawingTool::eraser;
    if (tool_button(ui, "Eraser", icons::erase, options)) ui.commands.push_back(ChooseTool{DrawingTool::eraser});
}

void draw_changes(const DrawState& draw, Ui& ui) {
    ButtonOptions options;
    options.enabled = draw.undo.can_undo();
    if (tool_button(ui, "Undo", icons::undo, options)) ui.commands.push_back(UndoDrawing{});
    options.enabled = draw.undo.can_redo();
    if (tool_button(ui, "Redo", icons::redo, options)) ui.commands.push_back(RedoDrawing{});
    ButtonOptions invert;
    invert.stays_pressed = draw.light_on_dark;
    invert.description = "Exchanges ink and paper. The models read both.";
    if (tool_button(ui, "Invert", icons::invert, invert)) ui.commands.push_back(InvertPaper{});
    ButtonOptions clear;
    clear.icon = icons::remove;
    clear.enabled = !draw.canvas.blank() || draw.picture;
    clear.width = std::max(ui.width - 5 * (button_height + gap), 80.0F);
    if (button(ui, "Clear", clear)) ui.commands.push_back(ClearDrawing{});
}

void draw_actions(Ui& ui) {
    // On phones the samples get their own line.
    const float parts = ui.narrow ? 2 : 3;
    ButtonOptions options;
    options.width = (ui.width - gap * (parts - 1)) / parts;
    options.icon = icons::predict;
    options.kind = ButtonKind::primary;
    options.description = "Asks every model again. They also answer by themselves while you draw.";
    if (button(ui, "Predict", options)) ui.commands.push_back(PredictDrawing{});
    ImGui::SameLine(0, gap);
    options.kind = ButtonKind::plain;
    options.icon = ui.narrow ? icons::picture : nullptr;
    options.description = "PNG, JPEG or WebP, from the disk or the camera. Or drop one on the page, or paste it.";
    if (button(ui, "Open picture", options)) ui.commands.push_back(AskPlatform{PickPicture{}});
    if (ui.narrow) {
        options.width = ui.width;
    } else {
        ImGui::SameLine(0, gap);
    }
    options.icon = nullptr;
    options.description = "Digits to try, written by hand and on a photo";
    bool& shown = ui.states.of<SampleDigits>().shown;
    options.stays_pressed = shown;
    if (button(ui, "Sample digits", options)) shown = !shown;
}

/// Draws a digit on its button, as it will be written.
void draw_strokes(int digit, ImVec2 min, float side, Ui& ui) {
    for (const std::vector<InkPoint>& stroke : sample_strokes(digit, 0)) {
        for (std::size_t i = 1; i < stroke.size(); ++i) {
            ImGui::GetWindowDrawList()->AddLine(min + ImVec2(stroke[i - 1].x * side, stroke[i - 1].y * side),
                                                min + ImVec2(stroke[i].x * side, stroke[i].y * side), ui.colours.text, 2.5F);
        }
    }
}

void draw_samples(const State& state, Ui& ui) {
    constexpr int in_a_row = 5;
    ButtonOptions options;
    options.width = (ui.width - gap * (in_a_row - 1)) / in_a_row;
    options.label = "";
    for (int digit = 0; digit < 10; ++digit) {
        if (digit % in_a_row != 0) ImGui::SameLine(0, gap);
        if (button(ui, ("Sample " + std::to_string(digit)).c_str(), options)) ui.commands.push_back(PlaceSampleDigit{digit});
        constexpr float side = button_height - 10;
        const ImVec2 min = ImGui::GetItemRectMin();
        draw_strokes(digit, min + ImVec2((options.width - side) / 2, 5), side, ui);
    }
    ButtonOptions wide;
    wide.width = (ui.width - gap) / 2;
    wide.description = "A photo of a note with four digits, in uneven light";
    if (button(ui, "Photo of a note", wide)) ui.commands.push_back(PlaceSamplePhoto{});
    ImGui::SameLine(0, gap);
    wide.enabled = state.datasets.mnist().data.phase == DataPhase::ready;
    wide.description = wide.enabled ? "One of the 10,000 digits nobody trains on, at random"
                                    : "Comes with the data set, which is downloaded for training or in Data";
    if (button(ui, "MNIST test digit", wide)) ui.commands.push_back(PlaceTestDigit{});
}

}  // namespace

void draw_tools(const State& state, Ui& ui) {
    float width = state.draw.pen_width;
    SliderOptions options;
    options.unit = " px";
    options.help = "Of the line on the screen. The eraser is twice as wide.";
    if (slider(ui, "Pen width", width, smallest_pen, largest_pen, 1, options)) ui.commands.push_back(SetPen{width});
    draw_tool_choice(state.draw, ui);
    draw_changes(state.draw, ui);
    draw_actions(ui);
    if (ui.states.of<SampleDigits>().shown) draw_samples(state, ui);
}

}  // namespace digitlab
