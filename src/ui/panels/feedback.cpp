#include "ui/panels/feedback.h"

#include "ui/digit_picture.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/table.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

std::optional<int> label_given(const State& state) {
    const std::size_t selected = state.draw.selected_digit;
    if (selected >= state.drawings.current.size()) return {};
    const Drawing* drawing = find_drawing(state.drawings, state.drawings.current[selected]);
    return drawing ? drawing->label : std::nullopt;
}

/// The consensus of the models of digits; -1 when they disagree or there are none.
int voted(const ReadDigit& digit) {
    const Answer* leading = leading_answer(digit.answers);
    return leading && leading->classes.digits() ? digit.consensus.digit : -1;
}

std::string question(const ReadDigit& digit, std::optional<int> label) {
    if (label) return "In the log as a " + std::to_string(*label) + ". Press another digit to correct that.";
    const std::string keys = "Press a button, or a key from 0 to 9.";
    if (digit.answers.empty()) return "What is it truly? " + keys;
    if (!leading_answer(digit.answers)->classes.digits()) return "Which digit is it truly? " + keys;
    if (voted(digit) < 0) return "The models disagree. What is it truly? " + keys;
    return "Is it truly a " + std::to_string(voted(digit)) + "? " + keys;
}

void draw_question(const State& state, const ReadDigit& digit, Ui& ui) {
    const std::optional<int> label = label_given(state);
    status(ui, question(digit, label), TextStyle::body, "label given");
    if (!label && voted(digit) >= 0) {
        ButtonOptions options;
        options.icon = icons::check;
        options.kind = ButtonKind::primary;
        options.description = "The answer is right: keeps the drawing in the log with this label.";
        const std::string right = "Right, it is " + std::to_string(voted(digit));
        if (button(ui, right.c_str(), options)) ui.commands.push_back(LabelDrawn{voted(digit)});
        text(ui, "Wrong? It is truly", TextStyle::muted);
    }
    if (const int pressed = digit_buttons(ui, "true digit", label, "The drawing is truly a"); pressed >= 0) {
        ui.commands.push_back(LabelDrawn{pressed});
    }
}

void draw_accuracy(const DrawingsState& drawings, Ui& ui) {
    if (drawings.accuracy.empty()) return;
    heading(ui, "Right so far");
    std::vector<std::vector<std::string>> rows;
    for (const RunningAccuracy& one : drawings.accuracy) {
        rows.push_back({one.name, std::to_string(one.right) + " of " + std::to_string(one.labelled), percent(one.share())});
    }
    table(ui, "Running accuracy", {{"Model", 2}, {"Right", 1, true}, {"Accuracy", 1, true}}, rows);
    text(ui, "Of the drawings you have labelled, by what each model answered when you drew them.", TextStyle::small);
}

}  // namespace

void draw_feedback(const State& state, Ui& ui) {
    const ReadDigit* digit = selected_digit(state.draw);
    if (!digit && state.drawings.accuracy.empty()) return;
    const Card card(ui);
    heading(ui, "Was that right?");
    if (digit) {
        draw_question(state, *digit, ui);
    } else {
        text(ui, "Draw a digit, then say whether the answer is right.", TextStyle::muted);
    }
    draw_accuracy(state.drawings, ui);
}

}  // namespace digitlab
