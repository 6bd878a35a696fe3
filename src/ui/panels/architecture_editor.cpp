#include <algorithm>

#include "ui/drawing.h"
#include "ui/format.h"
#include "ui/layout.h"
#include "ui/panels/layer_row.h"
#include "ui/panels/panels.h"
#include "ui/panels/train_form.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr float row_padding = 7, number_width = 26, gap = layer_control_gap;
constexpr float narrowest_table = 940;  ///< in narrower columns a row takes several lines
constexpr float json_height = 190;

const std::string none = "\u2013";

/// Left edges and widths of a wide table's columns.
struct TableColumns {
    explicit TableColumns(float width) {
        const float rest = width - number_width - layer_buttons_width - output_width - parameters_width - 5 * gap;
        kind_width = rest * 0.22F;
        activation_width = rest * 0.2F;
        numbers_width = rest - kind_width - activation_width;
        kind = number_width;
        numbers = kind + kind_width + gap;
        activation = numbers + numbers_width + gap;
        output_end = activation + activation_width + gap + output_width;
        parameters_end = output_end + parameters_width;
        buttons = width - layer_buttons_width;
    }
    static constexpr float output_width = 104, parameters_width = 106;
    float kind, numbers, activation, buttons;
    float kind_width, numbers_width, activation_width;
    float output_end, parameters_end;
};

std::string output_words(const LayerRow& row) { return row.shape() ? shape_words(row.shape()->output) : none; }

std::string parameter_words(const LayerRow& row) {
    if (!row.shape()) return none;
    return row.shape()->parameters == 0 ? none : count(static_cast<double>(row.shape()->parameters));
}

/// Reports a row's figures for users who cannot see them.
void report_figures(const LayerRow& row, Ui& ui, ImVec2 min, ImVec2 max) {
    MirrorNode node;
    node.id = ImGui::GetID(row.name("figures").c_str());
    node.role = Role::text;
    node.value =
        "Layer " + std::to_string(row.index + 1) + " output " + output_words(row) + ", parameters " + parameter_words(row);
    report(ui, std::move(node), min, max);
}

void put_number(Ui& ui, ImVec2 at, const std::string& words) {
    put_text(ui.fonts.strong, {at.x, at.y + (layer_control_height - line_height(ui.fonts.strong)) / 2}, ui.colours.muted,
             words);
}

void put_figure(Ui& ui, float right, float top, const std::string& words) {
    put_text_right(ui.fonts.body, {right, top + (layer_control_height - line_height(ui.fonts.body)) / 2}, ui.colours.text,
                   words);
}

void draw_table_header(Ui& ui) {
    const TableColumns columns(ui.width);
    const ImVec2 at = reserve({ui.width, line_height(ui.fonts.small)});
    ImFont* font = ui.fonts.small;
    put_text(font, at, ui.colours.muted, "Layer");
    put_text(font, {at.x + columns.numbers, at.y}, ui.colours.muted, "Settings");
    put_text(font, {at.x + columns.activation, at.y}, ui.colours.muted, "Activation");
    put_text_right(font, {at.x + columns.output_end, at.y}, ui.colours.muted, "Output");
    put_text_right(font, {at.x + columns.parameters_end, at.y}, ui.colours.muted, "Parameters");
}

/// Draws a layer in one line.
void draw_table_row(const LayerRow& row, Ui& ui) {
    const TableColumns columns(ui.width);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const auto go = [&](float x) { ImGui::SetCursorScreenPos({at.x + x, at.y}); };
    put_number(ui, at, std::to_string(row.index + 1));
    go(columns.kind);
    draw_layer_kind(row, ui, columns.kind_width);
    go(columns.numbers);
    draw_layer_numbers(row, ui, columns.numbers_width, 3);
    go(columns.activation);
    draw_layer_activation(row, ui, columns.activation_width);
    put_figure(ui, at.x + columns.output_end, at.y, output_words(row));
    put_figure(ui, at.x + columns.parameters_end, at.y, parameter_words(row));
    report_figures(row, ui, {at.x + columns.output_end - TableColumns::output_width, at.y},
                   {at.x + columns.parameters_end, at.y + layer_control_height});
    go(columns.buttons);
    draw_layer_buttons(row, ui);
    ImGui::SetCursorScreenPos(at);
    ImGui::Dummy({ui.width, layer_control_height});
}

/// Draws a layer in two or three lines: its kind, its numbers, its output.
void draw_stacked_row(const LayerRow& row, Ui& ui) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const LayerKind kind = row.spec().kind;
    const float width = ui.width - number_width, half = (width - gap) / 2;
    float y = at.y;
    const auto go = [&](float x) { ImGui::SetCursorScreenPos({at.x + number_width + x, y}); };
    put_number(ui, at, std::to_string(row.index + 1));
    go(0);
    draw_layer_kind(row, ui, half);
    go(half + gap);
    const bool numbers_beside = !has_activation(kind);
    if (numbers_beside) {
        draw_layer_numbers(row, ui, half, 1);
    } else {
        draw_layer_activation(row, ui, half);
    }
    y += layer_control_height + gap;
    if (!numbers_beside && number_count(kind) > 0) {
        go(0);
        draw_layer_numbers(row, ui, width, 2);
        y += layer_control_height + gap;
    }
    const float line = line_height(ui.fonts.small), room = width - layer_buttons_width - gap;
    put_text_cut(ui.fonts.small, {at.x + number_width, y + 2}, ui.colours.text, "\u2192 " + output_words(row), room);
    const std::string parameters = row.shape() && row.shape()->parameters == 0 ? "no" : parameter_words(row);
    put_text_cut(ui.fonts.small, {at.x + number_width, y + 4 + line}, ui.colours.muted, parameters + " parameters", room);
    report_figures(row, ui, {at.x + number_width, y}, {at.x + ui.width - layer_buttons_width - gap, y + layer_control_height});
    go(width - layer_buttons_width);
    draw_layer_buttons(row, ui);
    ImGui::SetCursorScreenPos(at);
    ImGui::Dummy({ui.width, y + layer_control_height - at.y});
}

void draw_input_row(Ui& ui, bool wide) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const std::string shape = shape_words(Shape{});
    put_number(ui, at, "Input");
    const float right = wide ? at.x + TableColumns(ui.width).output_end : at.x + ui.width - layer_buttons_width - gap;
    put_figure(ui, right, at.y, shape);
    MirrorNode node;
    node.id = ImGui::GetID("input figures");
    node.role = Role::text;
    node.value = "Input " + shape;
    report(ui, std::move(node), at, {right, at.y + layer_control_height});
    // In line with the buttons of the same kind in the other rows.
    ImGui::SetCursorScreenPos({at.x + ui.width - 2 * layer_control_height - 2, at.y});
    draw_input_button(ui);
    ImGui::SetCursorScreenPos(at);
    ImGui::Dummy({ui.width, layer_control_height});
}

void draw_line(Ui& ui) {
    const ImVec2 at = reserve({ui.width, 1});
    ImGui::GetWindowDrawList()->AddLine(at, {at.x + ui.width, at.y}, ui.colours.border);
}

void draw_row(const LayerRow& row, Ui& ui, bool wide) {
    draw_line(ui);
    const ImVec2 min = ImGui::GetCursorScreenPos();
    ImGui::BeginGroup();
    if (wide) {
        draw_table_row(row, ui);
    } else {
        draw_stacked_row(row, ui);
    }
    draw_layer_problems(row, ui);
    ImGui::EndGroup();
    if (!row.unfit()) return;
    const ImVec2 max = {min.x + ui.width, ImGui::GetItemRectMax().y};
    ImGui::GetWindowDrawList()->AddRect(min - ImVec2(row_padding, row_padding - 2), max + ImVec2(row_padding, row_padding - 2),
                                        ui.colours.bad, 8);
}

std::string totals(const LayerCheck& check) {
    double parameters = 0, flops = 0;
    for (const LayerShape& shape : check.shapes) {
        parameters += static_cast<double>(shape.parameters);
        flops += static_cast<double>(shape.forward_flops);
    }
    return count(parameters) + " parameters, " + fixed(flops / 1e6, 2) + " MFLOP per image";
}

void draw_json(const TrainForm& form, Ui& ui) {
    const std::string shown = form.json_draft.empty() ? architecture_text(*form.custom) : form.json_draft;
    const char* help = "Copy this to keep or share the network; put another one here to load it.";
    const auto typed = text_area(ui, "Architecture as JSON", shown, json_height, form.json_problem, help);
    if (typed && *typed != shown) {
        forget_field_problems(ui);
        ui.commands.push_back(ReadArchitecture{*typed});
    }
}

}  // namespace

void draw_architecture_editor(const TrainForm& form, Ui& ui) {
    if (form.architecture != custom_id || !form.custom) return;
    const Card card(ui);
    heading(ui, form.custom->title);
    const bool fits = form.layers.problem.empty();
    status(ui, fits ? totals(form.layers) : form.layers.problem, fits ? TextStyle::strong : TextStyle::problem,
           "architecture totals");
    const bool wide = ui.width >= narrowest_table;
    if (wide) draw_table_header(ui);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ImGui::GetStyle().ItemSpacing.x, row_padding});
    draw_input_row(ui, wide);
    for (std::size_t index = 0; index < form.custom->layers.size(); ++index) draw_row({form, index}, ui, wide);
    draw_line(ui);
    ImGui::PopStyleVar();
    draw_json(form, ui);
}

}  // namespace digitlab
