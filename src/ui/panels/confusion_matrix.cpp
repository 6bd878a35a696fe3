#include <algorithm>
#include <cmath>

#include "ui/drawing.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

void mirror_matrix(Ui& ui, const TestResult& test) {
    MirrorNode node;
    node.id = ImGui::GetID("Confusion matrix");
    node.role = Role::table;
    node.name = "Confusion matrix";
    const auto classes = static_cast<std::size_t>(test.classes);
    node.rows.resize(classes + 1);
    node.rows[0].emplace_back("true digit");
    for (std::size_t row = 0; row < classes; ++row) {
        node.rows[0].push_back("answered " + std::to_string(row));
        node.rows[row + 1].push_back(std::to_string(row));
        for (std::size_t column = 0; column < classes; ++column) {
            node.rows[row + 1].push_back(std::to_string(test.confusion[row * classes + column]));
        }
    }
    report_item(ui, std::move(node));
}

/// Answers of one true digit; colour by share of that digit, by square root so that single mistakes show.
void draw_row(Ui& ui, const int* counts, int classes, int truth, ImVec2 place, float cell) {
    int total = 0;
    for (int column = 0; column < classes; ++column) total += counts[column];
    for (int column = 0; column < classes; ++column) {
        const float share = static_cast<float>(counts[column]) / static_cast<float>(std::max(total, 1));
        const float strength = column == truth ? 0.85F * share : std::min(0.9F, 1.6F * std::sqrt(share));
        const ImU32 strong = column == truth ? ui.colours.correct : ui.colours.bad;
        const ImVec2 min = place + ImVec2(cell * static_cast<float>(column), 0);
        ImGui::GetWindowDrawList()->AddRectFilled(min, min + ImVec2(cell - 2, cell - 2),
                                                  blend(ui.colours.raised, strong, strength), 4);
        if (counts[column] == 0) continue;
        const ImU32 colour = strength > 0.5F ? ui.colours.surface : ui.colours.text;
        put_text_centred(ui.fonts.small, min + ImVec2(cell / 2 - 1, cell / 2 - 1), colour, std::to_string(counts[column]));
    }
}

}  // namespace

void draw_confusion_matrix(Ui& ui, const TestResult& test) {
    const auto classes = static_cast<std::size_t>(std::max(test.classes, 0));
    if (classes == 0 || test.confusion.size() != classes * classes) return;
    constexpr float labels = 26;
    const float cell = std::floor(std::min((ui.width - labels) / static_cast<float>(classes), 44.0F));
    const ImVec2 origin = reserve({ui.width, labels + cell * static_cast<float>(classes)});
    mirror_matrix(ui, test);
    for (int index = 0; index < test.classes; ++index) {
        const float along = labels + cell * (static_cast<float>(index) + 0.5F) - 1;
        const std::string digit = std::to_string(index);
        put_text_centred(ui.fonts.strong, origin + ImVec2(along, labels / 2 - 2), ui.colours.muted, digit);
        put_text_centred(ui.fonts.strong, origin + ImVec2(labels / 2 - 4, along), ui.colours.muted, digit);
        draw_row(ui, test.confusion.data() + static_cast<std::size_t>(index) * classes, test.classes, index,
                 origin + ImVec2(labels, labels + cell * static_cast<float>(index)), cell);
    }
    text(ui, "Down: the true digit. Across: the answer. Off the diagonal are the mistakes.", TextStyle::small);
}

}  // namespace digitlab
