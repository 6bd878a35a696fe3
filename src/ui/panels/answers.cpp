#include "ui/panels/answers.h"

#include <algorithm>

#include "ui/drawing.h"
#include "ui/format.h"
#include "ui/layout.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr float picture_side = 140, caption_height = 22;

/// The 28×28 picture, a rectangle per pixel: it is meant to look coarse.
void draw_picture(const ReadDigit* digit, Ui& ui) {
    const bool blank = digit == nullptr;
    const ImVec2 min = reserve({picture_side, picture_side}), max = min + ImVec2(picture_side, picture_side);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(min, max, ui.colours.paper);
    constexpr float scale = picture_side / digit_side;
    for (int y = 0; y < digit_side && !blank; ++y) {
        for (int x = 0; x < digit_side; ++x) {
            const float ink = digit->prepared.pixels[static_cast<std::size_t>(y * digit_side + x)];
            if (ink < 0.02F) continue;
            const ImVec2 at = min + ImVec2(static_cast<float>(x) * scale, static_cast<float>(y) * scale);
            list.AddRectFilled(at, at + ImVec2(scale, scale), with_alpha(ui.colours.ink, ink));
        }
    }
    list.AddRect(min, max, ui.colours.border);
    MirrorNode node;
    node.id = ImGui::GetID("picture");
    node.role = Role::text;
    node.value = blank ? "What the models see: nothing yet" : "What the models see: the drawing fitted into 28\u00D728 pixels";
    report_item(ui, std::move(node));
}

void draw_digit_box(Ui& ui, int digit, ImVec2 min, float side, ImFont* font) {
    ImGui::GetWindowDrawList()->AddRectFilled(min, min + ImVec2(side, side), ui.colours.accent_soft, 10);
    const char letter = digit >= 0 ? static_cast<char>('0' + digit) : '?';
    put_text_centred(font, min + ImVec2(side / 2, side / 2), ui.colours.accent, std::string_view(&letter, 1));
}

/// The five most probable digits with a bar each.
void draw_bars(const Answer& answer, Ui& ui, ImVec2 place, float width) {
    constexpr int shown = 5;
    constexpr float gap = 8;
    const std::vector<int> digits = top_digits(answer, shown);
    const float part = (width - gap * (shown - 1)) / shown;
    for (std::size_t index = 0; index < digits.size(); ++index) {
        const float probability = answer.probabilities[static_cast<std::size_t>(digits[index])];
        const ImVec2 min = place + ImVec2(static_cast<float>(index) * (part + gap), 0);
        ImDrawList& list = *ImGui::GetWindowDrawList();
        list.AddRectFilled(min, min + ImVec2(part, 6), ui.colours.track, 3);
        const float filled = part * std::clamp(probability, 0.0F, 1.0F);
        if (filled >= 0.5F)
            list.AddRectFilled(min, min + ImVec2(filled, 6), index == 0 ? ui.colours.accent : ui.colours.muted, 3);
        const std::string digit = std::to_string(digits[index]);
        put_text(ui.fonts.small, min + ImVec2(0, 11), ui.colours.text, digit);
        const std::string share = fixed(static_cast<double>(probability) * 100, part < 74 ? 0 : 1) + " %";
        put_text_right(ui.fonts.small, min + ImVec2(part, 11), ui.colours.muted, share);
    }
}

void draw_answer(const Answer& answer, Ui& ui) {
    constexpr float height = 78, box = 58;
    const ImVec2 min = reserve({ui.width, height});
    const std::string confidence = percent(static_cast<double>(answer.confidence));
    draw_digit_box(ui, answer.digit, min + ImVec2(0, 6), box, ui.fonts.large);
    const float left = min.x + box + 14, right = min.x + ui.width;
    // On phones the name needs the room.
    const std::string figures = ui.narrow ? confidence : confidence + "  \u2022  " + fixed(answer.ms, 1) + " ms";
    const float figures_width = measure(ui.fonts.body, figures).x;
    put_text_cut(ui.fonts.strong, {left, min.y + 8}, ui.colours.text, answer.name, right - left - figures_width - 12);
    put_text_right(ui.fonts.body, {right, min.y + 8}, ui.colours.muted, figures);
    draw_bars(answer, ui, {left, min.y + 39}, right - left);

    MirrorNode node;
    node.id = ImGui::GetID(answer.model.c_str());
    node.role = Role::text;
    node.value = answer.name + ": " + std::to_string(answer.digit) + ", " + confidence;
    report_item(ui, std::move(node));
}

void draw_words(const State& state, Ui& ui) {
    status(ui, consensus_words(state), TextStyle::title, "consensus");
    if (state.models.empty()) {
        text(ui, "Train a network first; it takes a minute and will then read what you draw.", TextStyle::muted);
        ButtonOptions options;
        options.kind = ButtonKind::primary;
        if (button(ui, "Go to Train", options)) ui.commands.push_back(ShowView{View::train});
        return;
    }
    text(ui, "Your drawing is fitted and centred in 28\u00D728 pixels, as the MNIST digits were, before the models see it.",
         TextStyle::muted);
}

}  // namespace

std::string consensus_words(const State& state) {
    const DrawState& draw = state.draw;
    if (state.models.empty()) return "No model can answer yet";
    if (draw.canvas.blank() && !draw.picture) return "Draw a digit and the models will answer";
    const ReadDigit* digit_shown = selected_digit(draw);
    if (!digit_shown || digit_shown->answers.empty()) return "The models are looking\u2026";
    const Consensus& consensus = digit_shown->consensus;
    const std::string models = std::to_string(consensus.models);
    if (consensus.digit < 0) return "The " + models + " models disagree";
    const std::string digit = std::to_string(consensus.digit);
    if (consensus.models == 1) return "The model says " + digit;
    if (consensus.votes == consensus.models) return (consensus.models == 2 ? "Both" : "All " + models) + " models say " + digit;
    return std::to_string(consensus.votes) + " of " + models + " models say " + digit;
}

void draw_consensus(const State& state, Ui& ui) {
    const Card card(ui);
    const ReadDigit* digit = selected_digit(state.draw);
    const bool answered = digit && !digit->answers.empty();
    // On phones the words come first: they have to be in sight while one draws.
    const bool words_first = ui.narrow && answered;
    if (words_first) status(ui, consensus_words(state), TextStyle::title, "consensus");
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float full = ui.width, beside = picture_side + 20;
    if (answered) draw_digit_box(ui, digit->consensus.digit, origin, picture_side, ui.fonts.digit);
    // The picture stays where it is, so that the eye finds it.
    ImGui::SetCursorScreenPos({origin.x + full - picture_side, origin.y});
    draw_picture(digit, ui);
    float bottom = ImGui::GetItemRectMax().y + caption_height;
    put_text_right(ui.fonts.small, {origin.x + full, bottom - caption_height + 5}, ui.colours.muted, "What the models see");
    if (!words_first) {
        const float left = answered ? beside : 0;
        ImGui::SetCursorScreenPos({origin.x + left, origin.y});
        ui.width = full - left - beside;
        ImGui::BeginGroup();
        draw_words(state, ui);
        ImGui::EndGroup();
        bottom = std::max(ImGui::GetItemRectMax().y, bottom);
        ui.width = full;
    }
    ImGui::SetCursorScreenPos(origin);
    ImGui::Dummy({full, bottom - origin.y});
}

void draw_answers(const DrawState& draw, Ui& ui) {
    const ReadDigit* digit = selected_digit(draw);
    if (!digit || digit->answers.empty()) return;
    const Card card(ui);
    heading(ui, "Answers");
    for (const Answer& answer : digit->answers) draw_answer(answer, ui);
}

}  // namespace digitlab
