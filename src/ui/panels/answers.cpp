#include "ui/panels/answers.h"

#include <algorithm>

#include "predict/ensemble.h"
#include "ui/drawing.h"
#include "ui/format.h"
#include "ui/layout.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr int shown_digits = 5, shown_names = 3;
constexpr float row_height = 64, narrow_row_height = 86, header_height = 26, box_side = 44;

/// One row of the table: the answer of a model or of the ensemble.
struct AnswerRow {
    std::string rank, model, confidence, ms;
    std::string label;
    std::span<const float> probabilities;
    bool fits = true;
    KnownClasses classes = {};
};

/// The positions of the columns, from the left edge of the table.
struct AnswerColumns {
    float model, digit, confidence_right, bars, bars_end, ms_right;
};

AnswerColumns columns_of(float width) {
    const float bars_end = width - 74, bars = bars_end - std::clamp(width * 0.38F, 180.0F, 300.0F), confidence = bars - 18;
    return {30, confidence - 74 - box_side, confidence, bars, bars_end, width};
}

/// Draws a bar for each of the most probable digits.
void draw_bars(const AnswerRow& row, ImVec2 place, float width, Ui& ui) {
    constexpr float gap = 8;
    const std::span<const float> probabilities = row.probabilities;
    // Names need more room than digits.
    const int shown = row.classes.names.empty() ? shown_digits : shown_names;
    const std::vector<int> digits = top_digits(probabilities, shown);
    const float part = (width - gap * static_cast<float>(shown - 1)) / static_cast<float>(shown);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (std::size_t index = 0; index < digits.size(); ++index) {
        const float probability = probabilities[static_cast<std::size_t>(digits[index])];
        const ImVec2 min = place + ImVec2(static_cast<float>(index) * (part + gap), 0);
        list.AddRectFilled(min, min + ImVec2(part, 6), ui.colours.track, 3);
        const float filled = part * std::clamp(probability, 0.0F, 1.0F);
        if (filled >= 0.5F)
            list.AddRectFilled(min, min + ImVec2(filled, 6), index == 0 ? ui.colours.accent : ui.colours.muted, 3);
        const std::string share = fixed(static_cast<double>(probability) * 100, 0) + "%";
        put_text_cut(ui.fonts.small, min + ImVec2(0, 10), ui.colours.text, row.classes.name(digits[index]),
                     part - measure(ui.fonts.small, share).x - 4);
        put_text_right(ui.fonts.small, min + ImVec2(part, 10), ui.colours.muted, share);
    }
}

/// Draws the answer, in grey when to the model the picture is no digit.
void draw_digit_box(const AnswerRow& row, ImVec2 min, Ui& ui) {
    ImGui::GetWindowDrawList()->AddRectFilled(min, min + ImVec2(box_side, box_side),
                                              row.fits ? ui.colours.accent_soft : ui.colours.raised, 10);
    const ImU32 colour = row.fits ? ui.colours.accent : ui.colours.muted;
    if (measure(ui.fonts.large, row.label).x < box_side) {
        put_text_centred(ui.fonts.large, min + ImVec2(box_side / 2, box_side / 2), colour, row.label);
    } else {
        put_text_cut(ui.fonts.small, min + ImVec2(3, (box_side - line_height(ui.fonts.small)) / 2), colour, row.label,
                     box_side - 6);
    }
}

/// Shown below the model's name.
constexpr const char* misfit_words = "Not a digit, it says";

void draw_wide_row(const AnswerRow& row, ImVec2 min, Ui& ui) {
    const AnswerColumns columns = columns_of(ui.width);
    const float middle = min.y + row_height / 2, text_top = middle - line_height(ui.fonts.body) / 2;
    put_text(ui.fonts.body, {min.x, text_top}, ui.colours.muted, row.rank);
    const float name_top = row.fits ? text_top : text_top - 10;
    put_text_cut(ui.fonts.strong, {min.x + columns.model, name_top}, ui.colours.text, row.model,
                 columns.digit - columns.model - 10);
    if (!row.fits) put_text(ui.fonts.small, {min.x + columns.model, name_top + 22}, ui.colours.bad, misfit_words);
    draw_digit_box(row, {min.x + columns.digit, middle - box_side / 2}, ui);
    put_text_right(ui.fonts.body, {min.x + columns.confidence_right, text_top}, ui.colours.text, row.confidence);
    draw_bars(row, {min.x + columns.bars, middle - 14}, columns.bars_end - columns.bars, ui);
    put_text_right(ui.fonts.body, {min.x + columns.ms_right, text_top}, ui.colours.muted, row.ms);
}

/// Draws a row for phones, where the bars get their own line.
void draw_narrow_row(const AnswerRow& row, ImVec2 min, Ui& ui) {
    const float text_top = min.y + 16, right = min.x + ui.width, name_left = min.x + box_side + 12;
    draw_digit_box(row, min + ImVec2(0, 6), ui);
    put_text_right(ui.fonts.body, {right, text_top}, ui.colours.text, row.confidence);
    const float name_width = ui.width - box_side - 24 - measure(ui.fonts.body, row.confidence).x;
    put_text_cut(ui.fonts.strong, {name_left, text_top}, ui.colours.text,
                 row.rank.empty() ? row.model : row.rank + "  " + row.model, name_width);
    if (!row.fits) put_text(ui.fonts.small, {name_left, text_top + 20}, ui.colours.bad, misfit_words);
    draw_bars(row, {min.x, min.y + box_side + 13}, ui.width, ui);
}

std::vector<AnswerRow> rows_of(const std::vector<Answer>& answers, const Ensemble& all) {
    std::vector<AnswerRow> rows;
    for (const Answer& answer : answers) {
        rows.push_back({std::to_string(rows.size() + 1), answer.name, percent(static_cast<double>(answer.confidence)),
                        fixed(answer.ms, answer.ms < 10 ? 2 : 1) + " ms", answer.label(), answer.probabilities, answer.fits,
                        answer.classes});
    }
    if (all.models > 1) {
        rows.push_back({"", "Ensemble", percent(static_cast<double>(all.confidence)), "", all.label(), all.probabilities, true,
                        all.classes});
    }
    return rows;
}

std::string top_words(const AnswerRow& row) {
    std::string words;
    for (const int digit : top_digits(row.probabilities, shown_digits)) {
        words += (words.empty() ? "" : ", ") + row.classes.name(digit) + " " +
                 percent(static_cast<double>(row.probabilities[static_cast<std::size_t>(digit)]));
    }
    return words;
}

std::string digit_words(const AnswerRow& row) { return row.label + (row.fits ? "" : ", or not a digit"); }

void report_rows(const std::vector<AnswerRow>& rows, ImVec2 min, ImVec2 max, Ui& ui) {
    MirrorNode node;
    node.id = ImGui::GetID("Answers table");
    node.role = Role::table;
    node.name = "Answers";
    node.rows.push_back({"Rank", "Model", "Digit", "Confidence", "Most probable digits", "Time"});
    for (const AnswerRow& row : rows) {
        node.rows.push_back({row.rank, row.model, digit_words(row), row.confidence, top_words(row), row.ms});
    }
    report(ui, std::move(node), min, max);
}

void draw_header(ImVec2 min, Ui& ui) {
    const AnswerColumns columns = columns_of(ui.width);
    put_text(ui.fonts.small, min + ImVec2(columns.model, 2), ui.colours.muted, "Model");
    put_text(ui.fonts.small, min + ImVec2(columns.digit, 2), ui.colours.muted, "Digit");
    put_text_right(ui.fonts.small, min + ImVec2(columns.confidence_right, 2), ui.colours.muted, "Confidence");
    put_text(ui.fonts.small, min + ImVec2(columns.bars, 2), ui.colours.muted, "Most probable digits");
    put_text_right(ui.fonts.small, min + ImVec2(columns.ms_right, 2), ui.colours.muted, "Time");
}

}  // namespace

void draw_answers(const DrawState& draw, Ui& ui) {
    const ReadDigit* digit = selected_digit(draw);
    if (!digit || digit->answers.empty()) return;
    const Card card(ui);
    heading(ui, "Answers");
    const Ensemble all = find_ensemble(digit->answers);
    const std::vector<AnswerRow> rows = rows_of(digit->answers, all);
    const float header = ui.narrow ? 0 : header_height, height = ui.narrow ? narrow_row_height : row_height;
    const ImVec2 size = {ui.width, header + height * static_cast<float>(rows.size())}, min = reserve(size);
    report_rows(rows, min, min + size, ui);
    if (!ui.narrow) draw_header(min, ui);
    float top = min.y + header;
    for (const AnswerRow& row : rows) {
        if (!ui.narrow || &row != &rows.front())
            ImGui::GetWindowDrawList()->AddLine({min.x, top}, {min.x + ui.width, top}, ui.colours.border);
        if (ImGui::IsRectVisible({min.x, top}, {min.x + ui.width, top + height}))
            ui.narrow ? draw_narrow_row(row, {min.x, top}, ui) : draw_wide_row(row, {min.x, top}, ui);
        top += height;
    }
}

}  // namespace digitlab
