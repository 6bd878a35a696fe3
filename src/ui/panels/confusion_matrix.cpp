#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "ui/drawing.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

/// Smaller cells have no room for their count.
constexpr float least_counted_cell = 24;
constexpr float widest_name = 110;
constexpr std::size_t most_listed_mistakes = 8;

void mirror_matrix(Ui& ui, const TestResult& test, const std::vector<std::string>& names) {
    MirrorNode node;
    node.id = ImGui::GetID("Confusion matrix");
    node.role = Role::table;
    node.name = "Confusion matrix";
    const auto classes = static_cast<std::size_t>(test.classes);
    node.rows.resize(classes + 1);
    node.rows[0].emplace_back(names.empty() ? "true digit" : "truly");
    for (std::size_t row = 0; row < classes; ++row) {
        const std::string name = class_name(names, static_cast<int>(row));
        node.rows[0].push_back("answered " + name);
        node.rows[row + 1].push_back(name);
        for (std::size_t column = 0; column < classes; ++column) {
            node.rows[row + 1].push_back(std::to_string(test.confusion[row * classes + column]));
        }
    }
    report_item(ui, std::move(node));
}

/// Draws the answers for one true class. Colours show the share of that class, by its square root so that single mistakes show.
void draw_row(Ui& ui, const int* counts, int classes, int truth, ImVec2 place, float cell) {
    const float gap = cell < 12 ? 1.0F : 2.0F;
    int total = 0;
    for (int column = 0; column < classes; ++column) total += counts[column];
    for (int column = 0; column < classes; ++column) {
        const float share = static_cast<float>(counts[column]) / static_cast<float>(std::max(total, 1));
        const float strength = column == truth ? 0.85F * share : std::min(0.9F, 1.6F * std::sqrt(share));
        const ImU32 strong = column == truth ? ui.colours.correct : ui.colours.bad;
        const ImVec2 min = place + ImVec2(cell * static_cast<float>(column), 0);
        ImGui::GetWindowDrawList()->AddRectFilled(min, min + ImVec2(cell - gap, cell - gap),
                                                  blend(ui.colours.raised, strong, strength), 4);
        if (counts[column] == 0 || cell < least_counted_cell) continue;
        const ImU32 colour = strength > 0.5F ? ui.colours.surface : ui.colours.text;
        put_text_centred(ui.fonts.small, min + ImVec2(cell / 2 - 1, cell / 2 - 1), colour, std::to_string(counts[column]));
    }
}

/// The width of the column of row names.
float width_of_names(const Ui& ui, const std::vector<std::string>& names) {
    float widest = 26;
    for (const std::string& name : names) widest = std::max(widest, measure(ui.fonts.small, name).x + 10);
    return std::min(widest, widest_name);
}

struct Mistake {
    int count, truth, answer;
};

/// Lists the most common mistakes in words, for when cells are too small to read.
void draw_mistakes(Ui& ui, const TestResult& test, const std::vector<std::string>& names) {
    std::vector<Mistake> mistakes;
    for (int truth = 0; truth < test.classes; ++truth) {
        for (int answer = 0; answer < test.classes; ++answer) {
            const int number = test.confusion[static_cast<std::size_t>(truth * test.classes + answer)];
            if (truth != answer && number > 0) mistakes.push_back({number, truth, answer});
        }
    }
    std::ranges::stable_sort(mistakes, std::ranges::greater{}, &Mistake::count);
    std::string words;
    for (std::size_t i = 0; i < std::min(mistakes.size(), most_listed_mistakes); ++i) {
        const Mistake& one = mistakes[i];
        words += (words.empty() ? "" : ", ") + class_name(names, one.truth) + " taken for " + class_name(names, one.answer) +
                 " (" + std::to_string(one.count) + ")";
    }
    text(ui, words.empty() ? "There are no mistakes." : "Commonest mistakes: " + words + ".", TextStyle::body, "mistakes");
}

}  // namespace

void draw_confusion_matrix(Ui& ui, const TestResult& test, const std::vector<std::string>& names) {
    const auto classes = static_cast<std::size_t>(std::max(test.classes, 0));
    if (classes == 0 || test.confusion.size() != classes * classes) return;
    constexpr float top = 26;
    const float left = width_of_names(ui, names);
    const float cell = std::max(std::floor(std::min((ui.width - left) / static_cast<float>(classes), 44.0F)), 2.0F);
    const bool readable = cell >= least_counted_cell;
    const ImVec2 origin = reserve({ui.width, top + cell * static_cast<float>(classes)});
    mirror_matrix(ui, test, names);
    const float line = line_height(ui.fonts.small);
    for (int index = 0; index < test.classes; ++index) {
        const float along = cell * (static_cast<float>(index) + 0.5F) - 1;
        const std::string name = class_name(names, index);
        if (names.empty() && readable) {
            put_text_centred(ui.fonts.strong, origin + ImVec2(left + along, top / 2 - 2), ui.colours.muted, name);
            put_text_centred(ui.fonts.strong, origin + ImVec2(left / 2 - 4, top + along), ui.colours.muted, name);
        } else if (cell >= line) {
            put_text_cut(ui.fonts.small, origin + ImVec2(0, top + along - line / 2), ui.colours.muted, name, left - 6);
            put_text_cut(ui.fonts.small, origin + ImVec2(left + along - cell / 2, 2), ui.colours.muted, name, cell - 2);
        }
        draw_row(ui, test.confusion.data() + static_cast<std::size_t>(index) * classes, test.classes, index,
                 origin + ImVec2(left, top + cell * static_cast<float>(index)), cell);
    }
    const char* what = names.empty()
                           ? "Down: the true digit. Across: the answer. Off the diagonal are the mistakes."
                           : "Down: the true class. Across: the answer, in the same order. Off the diagonal are the mistakes.";
    text(ui, what, TextStyle::small);
    if (!readable) draw_mistakes(ui, test, names);
}

}  // namespace digitlab
