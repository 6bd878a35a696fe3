#include "ui/panels/stages.h"

#include <array>
#include <cmath>
#include <string>

#include "ui/checkbox.h"
#include "ui/drawing.h"
#include "ui/layout.h"
#include "ui/stage_sheet.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

struct StageWords {
    const char* name;
    const char* explanation;
    bool PreparationSteps::* step;  ///< null: cannot be switched off
};

constexpr std::array<StageWords, stage_count> stages = {{
    {"Grey", "The picture without its colours, black to white.", nullptr},
    {"Even light", "Shadows are taken away: the paper becomes equally bright everywhere.", &PreparationSteps::even_light},
    {"Invert", "Ink becomes bright and paper black, as in MNIST, whichever was darker before.", &PreparationSteps::invert},
    {"Threshold", "What is hardly different from paper is grain and noise, and becomes paper.", &PreparationSteps::threshold},
    {"Crop", "The digit is cut out with the smallest box around its ink.", &PreparationSteps::crop},
    {"Fit 20\u00D720", "The box is scaled into 20\u00D720 pixels, each the mean of an area; its shape is kept.",
     &PreparationSteps::fit},
    {"Centre", "The ink's centre of mass is put into the middle of 28\u00D728 pixels. This is what the models see.",
     &PreparationSteps::centre},
}};

constexpr float gap = 8, label_height = 26, tick = 16;

void draw_cell(const StageSheet& sheet, int index, ImVec2 min, float side, bool done, Ui& ui) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 max = min + ImVec2(side, side);
    list.AddRectFilled(min, max, IM_COL32_BLACK, 4);
    const ImU32 tint = IM_COL32(255, 255, 255, done ? 255 : 110);
    if (ui.textures) {
        const ImTextureID texture = ui.textures->texture(static_cast<int>(TextureSlot::stages), sheet.pictures, sheet.revision);
        const float left = static_cast<float>(index) / stage_count, right = static_cast<float>(index + 1) / stage_count;
        list.AddImageRounded(texture, min, max, {left, 0}, {right, 1}, tint, 4);
        return;
    }
    constexpr int step = StageSheet::cell / digit_side;
    const float scale = side / digit_side;
    for (int y = 0; y < digit_side; ++y) {
        for (int x = 0; x < digit_side; ++x) {
            const int value = sheet.pictures.at(index * StageSheet::cell + x * step + step / 2, y * step + step / 2);
            if (value < 16) continue;
            const ImVec2 at = min + ImVec2(static_cast<float>(x) * scale, static_cast<float>(y) * scale);
            list.AddRectFilled(at, at + ImVec2(scale, scale), with_alpha(tint, static_cast<float>(value) / 255));
        }
    }
}

/// Marks the selected one of several digits in the whole picture.
void mark_digit(const DrawState& draw, ImVec2 min, float side, Ui& ui) {
    if (draw.reading.digits.size() < 2) return;
    const auto [left, top, right, bottom] = digit_in_cell(draw);
    ImGui::GetWindowDrawList()->AddRect(min + ImVec2(left * side, top * side), min + ImVec2(right * side, bottom * side),
                                        ui.dark ? ui.colours.accent : ui.colours.series[1], 2, 0, 1.5F);
}

void draw_stage(const DrawState& draw, int index, float side, Ui& ui) {
    const StageWords& stage = stages[static_cast<std::size_t>(index)];
    const ImVec2 size = {side, side + label_height};
    ImVec2 min;
    bool done = true;
    if (stage.step) {
        PreparationSteps steps = draw.steps;
        done = steps.*stage.step;
        if (toggle_area(ui, stage.name, steps.*stage.step, size, stage.explanation, min))
            ui.commands.push_back(SetPreparationSteps{steps});
        draw_tick_box(ui, {min.x, min.y + side + 7}, tick, done);
    } else {
        min = reserve(size);
        MirrorNode node;
        node.id = ImGui::GetID(stage.name);
        node.role = Role::text;
        node.value = stage.name;
        node.description = stage.explanation;
        report_item(ui, std::move(node));
    }
    draw_cell(ui.states.of<StageSheet>(), index, min, side, done, ui);
    if (index < static_cast<int>(Stage::crop)) mark_digit(draw, min, side, ui);
    ImGui::GetWindowDrawList()->AddRect(min, min + ImVec2(side, side), ui.colours.border, 4);
    const float label_left = stage.step ? tick + 5 : 0;
    put_text_cut(ui.fonts.small, min + ImVec2(label_left, side + 6), done ? ui.colours.text : ui.colours.muted, stage.name,
                 side - label_left + gap - 2);
}

}  // namespace

void draw_stages(const DrawState& draw, Ui& ui) {
    if (draw.reading.digits.empty() && draw.canvas.blank() && !draw.picture) return;
    update_sheet(ui.states.of<StageSheet>(), draw);
    const Card card(ui);
    heading(ui, "How it is prepared");
    text(ui, "The models learnt from digits prepared as MNIST's. Switch a step off to see what it does.", TextStyle::muted);
    const int in_a_row = ui.narrow ? 3 : stage_count;
    const float side = std::floor((ui.width - gap * static_cast<float>(in_a_row - 1)) / static_cast<float>(in_a_row));
    for (int index = 0; index < stage_count; ++index) {
        if (index % in_a_row != 0) ImGui::SameLine(0, gap);
        draw_stage(draw, index, side, ui);
    }
}

}  // namespace digitlab
