#include "ui/digit_picture.h"
#include "ui/drawing.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/panels/drawing_log.h"
#include "ui/table.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr float picture_side = 168;

void draw_seen(const Drawing& drawing, Ui& ui) {
    const ImVec2 min = reserve({picture_side, picture_side});
    draw_digit_pixels(ui, drawing.pixels, min, picture_side);
    MirrorNode node;
    node.id = ImGui::GetID("logged picture");
    node.value = "What the models saw of drawing " + drawing.id;
    report_item(ui, std::move(node));
    text(ui, "What the models saw", TextStyle::small);
}

void draw_answers_then(const Drawing& drawing, Ui& ui) {
    if (drawing.answers.empty()) {
        text(ui, "No model could answer when it was drawn.", TextStyle::muted);
        return;
    }
    std::vector<std::vector<std::string>> rows;
    for (const DrawingAnswer& answer : drawing.answers) {
        rows.push_back({answer.name, std::to_string(answer.digit), percent(static_cast<double>(answer.confidence))});
    }
    table(ui, "Answers when it was drawn", {{"Model", 2}, {"Answer", 1, true}, {"Confidence", 1, true}}, rows);
}

void draw_label(const Drawing& drawing, Ui& ui) {
    text(ui, drawing.label ? "It is truly" : "What is it truly?", TextStyle::muted);
    const int pressed = digit_buttons(ui, "logged label", drawing.label, "Labels this drawing as a");
    if (pressed >= 0) ui.commands.push_back(LabelDrawing{drawing.id, pressed});
    ButtonOptions options;
    options.enabled = drawing.label.has_value();
    if (button(ui, "Take the label away", options)) ui.commands.push_back(LabelDrawing{drawing.id, std::nullopt});
    options = {};
    options.icon = icons::remove;
    options.kind = ButtonKind::danger;
    same_line_if_fits(ui, 190);
    if (button(ui, "Remove drawing", options)) ui.commands.push_back(RemoveDrawing{drawing.id});
}

}  // namespace

void draw_logged_drawing(const Drawing& drawing, Ui& ui) {
    const Card card(ui);
    ImGui::PushID(drawing.id.c_str());
    heading(ui, "Drawing " + drawing.id);
    text(ui, (drawing.source == DrawingSource::drawn ? "Drawn " : "Uploaded ") + date(drawing.unix_secs), TextStyle::muted,
         "logged when");
    {
        Columns columns(ui, picture_side);
        draw_seen(drawing, ui);
        columns.next();
        draw_answers_then(drawing, ui);
        draw_label(drawing, ui);
    }
    ImGui::PopID();
}

}  // namespace digitlab
