#include <algorithm>
#include <string>

#include "predict/ensemble.h"
#include "ui/drawing.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/panels/answers.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr float picture_side = 140, caption_height = 22;

/// Draws the 28×28 picture, one rectangle per pixel: it is meant to look coarse.
void draw_picture(const ReadDigit* digit, Ui& ui) {
    const ImVec2 min = reserve({picture_side, picture_side}), max = min + ImVec2(picture_side, picture_side);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(min, max, digit ? IM_COL32_BLACK : ui.colours.raised);
    constexpr float scale = picture_side / digit_side;
    for (int y = 0; y < digit_side && digit; ++y) {
        for (int x = 0; x < digit_side; ++x) {
            const float ink = digit->prepared.pixels[static_cast<std::size_t>(y * digit_side + x)];
            if (ink < 0.02F) continue;
            const ImVec2 at = min + ImVec2(static_cast<float>(x) * scale, static_cast<float>(y) * scale);
            list.AddRectFilled(at, at + ImVec2(scale, scale), with_alpha(IM_COL32_WHITE, ink));
        }
    }
    list.AddRect(min, max, ui.colours.border);
    MirrorNode node;
    node.id = ImGui::GetID("picture");
    node.role = Role::text;
    node.value = digit ? "What the models see: the digit fitted into 28\u00D728 pixels" : "What the models see: nothing yet";
    report_item(ui, std::move(node));
}

void draw_large_digit(const ReadDigit& digit, ImVec2 min, Ui& ui) {
    const ImVec2 size = {picture_side, picture_side};
    ImGui::GetWindowDrawList()->AddRectFilled(min, min + size, digit.fits ? ui.colours.accent_soft : ui.colours.raised, 10);
    const std::string answer = answer_letter(digit);
    // The largest font has only digits.
    const bool figure = answer.size() == 1 && (answer == "?" || (answer[0] >= '0' && answer[0] <= '9'));
    ImFont* const fits_in = measure(ui.fonts.large, answer).x < size.x - 12 ? ui.fonts.large : ui.fonts.small;
    put_text_centred(figure ? ui.fonts.digit : fits_in, min + ImVec2(size.x / 2, size.y / 2),
                     digit.fits ? ui.colours.accent : ui.colours.muted, answer);
}

std::string agreement_words(const ReadDigit& read) {
    if (!read.fits) return "Not a digit";
    const Consensus& consensus = read.consensus;
    const std::string models = std::to_string(consensus.models);
    if (consensus.digit < 0) return "The " + models + " models disagree";
    const std::string& digit = consensus.label;
    if (consensus.models == 1) return "The model says " + digit;
    if (consensus.votes == consensus.models) return (consensus.models == 2 ? "Both" : "All " + models) + " models say " + digit;
    return std::to_string(consensus.votes) + " of " + models + " models say " + digit;
}

/// Draws a button for each of several digits, which shows its stages and answers.
void draw_digit_choice(const DrawState& draw, Ui& ui) {
    for (std::size_t index = 0; index < draw.reading.digits.size(); ++index) {
        const std::string answer = answer_letter(draw.reading.digits[index]);
        const std::string name = "Digit " + std::to_string(index + 1) + ": " + answer;
        ButtonOptions options;
        options.label = answer.c_str();
        options.width = answer.size() > 2 ? 110 : 40;
        options.stays_pressed = index == draw.selected_digit;
        options.description = "Shows how this digit is prepared, and its answers";
        if (index > 0) same_line_if_fits(ui, options.width);
        if (button(ui, name.c_str(), options)) ui.commands.push_back(SelectDigit{index});
    }
}

void draw_doubt(const std::string& doubt, const char* key, Ui& ui) {
    if (!doubt.empty()) status(ui, std::string(icons::warning) + "  " + doubt, TextStyle::problem, key);
}

/// Draws the details of the selected digit, below the headline.
void draw_details(const DrawState& draw, const ReadDigit& digit, Ui& ui) {
    const bool several = draw.reading.digits.size() > 1;
    if (several) {
        draw_digit_choice(draw, ui);
        text(ui,
             "Digit " + std::to_string(draw.selected_digit + 1) + " of " + std::to_string(draw.reading.digits.size()) + ": " +
                 agreement_words(digit),
             TextStyle::body, "selected digit");
    }
    if (!digit.fits) {
        text(ui, "It is unlike every digit the models have learnt. If it were one, they would say:", TextStyle::muted);
    }
    if (const Ensemble all = find_ensemble(digit.answers); all.models > 1) {
        text(ui,
             "Ensemble: " + all.label() + " with " + percent(static_cast<double>(all.confidence)) + ", the mean of all models",
             TextStyle::body, "ensemble");
    }
    draw_doubt(digit.doubt, "doubt", ui);
    if (several && draw.reading.doubt != digit.doubt) draw_doubt(draw.reading.doubt, "reading doubt", ui);
}

void draw_invitation(const State& state, Ui& ui) {
    if (state.models.empty()) {
        text(ui, "Train a network first; it takes a minute and will then read what you draw.", TextStyle::muted);
        ButtonOptions options;
        options.kind = ButtonKind::primary;
        if (button(ui, "Go to Train", options)) ui.commands.push_back(ShowView{View::train});
        return;
    }
    text(ui, "Draw one digit or a whole number, open a picture, or drop one anywhere on the page.", TextStyle::muted);
}

void draw_words(const State& state, const ReadDigit* digit, Ui& ui) {
    status(ui, consensus_words(state), TextStyle::title, "consensus");
    if (digit && !digit->answers.empty()) {
        draw_details(state.draw, *digit, ui);
    } else {
        draw_invitation(state, ui);
    }
}

}  // namespace

std::string answer_letter(const ReadDigit& digit) {
    if (!digit.fits || digit.answers.empty()) return "?";
    // On a tie the most confident model decides.
    return digit.consensus.digit >= 0 ? digit.consensus.label : leading_answer(digit.answers)->label();
}

std::string consensus_words(const State& state) {
    const DrawState& draw = state.draw;
    if (state.models.empty()) return "No model can answer yet";
    if (draw.canvas.blank() && !draw.picture) return "Draw a digit and the models will answer";
    const ReadDigit* digit = selected_digit(draw);
    if (!digit) return draw.picture ? "No digit was found in this picture" : "The models are looking\u2026";
    if (digit->answers.empty()) return "The models are looking\u2026";
    if (draw.reading.digits.size() > 1) return "Reads " + draw.reading.number;
    return agreement_words(*digit);
}

void draw_consensus(const State& state, Ui& ui) {
    const Card card(ui);
    const ReadDigit* digit = selected_digit(state.draw);
    const bool answered = digit && !digit->answers.empty();
    // On phones the words take the whole width and come first, to be in sight while the user draws.
    if (ui.narrow) draw_words(state, digit, ui);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float full = ui.width, beside = picture_side + 20;
    if (answered) draw_large_digit(*digit, origin, ui);
    // The picture stays in place, so that it is easy to find.
    ImGui::SetCursorScreenPos({origin.x + full - picture_side, origin.y});
    draw_picture(digit, ui);
    float bottom = ImGui::GetItemRectMax().y + caption_height;
    put_text_right(ui.fonts.small, {origin.x + full, bottom - caption_height + 5}, ui.colours.muted, "What the models see");
    if (!ui.narrow) {
        const float left = answered ? beside : 0;
        ImGui::SetCursorScreenPos({origin.x + left, origin.y});
        ui.width = full - left - beside;
        ImGui::BeginGroup();
        draw_words(state, digit, ui);
        ImGui::EndGroup();
        bottom = std::max(ImGui::GetItemRectMax().y, bottom);
        ui.width = full;
    }
    ImGui::SetCursorScreenPos(origin);
    ImGui::Dummy({full, bottom - origin.y});
}

}  // namespace digitlab
