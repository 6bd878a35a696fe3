#include "ui/panels/why.h"

#include <algorithm>
#include <cmath>

#include "predict/drawing.h"
#include "ui/digit_picture.h"
#include "ui/drawing.h"
#include "ui/fields.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr const char* best = "best";        ///< choice: the most confident model
constexpr const char* answered = "answer";  ///< choice: the class that the model answers
constexpr float least_effect = 0.001F;      ///< nats; anything weaker counts as no effect
constexpr float largest_map = 240;

std::string probability(float share) { return percent(static_cast<double>(share)); }

void draw_choices(const State& state, Ui& ui) {
    std::vector<Choice> models = {{best, "The most confident one"}};
    for (const std::string& id : state.models) models.push_back({id, model_name(state, id)});
    std::vector<Choice> digits = {{answered, "What it answers"}};
    const WhyState& why = state.why;
    const KnownClasses classes = model_classes(state, why.explained);
    for (int digit = 0; digit < classes.count; ++digit) digits.push_back({std::to_string(digit), classes.name(digit)});

    FieldOptions options;
    options.width = ui.narrow ? 0 : (ui.width - 12) * 0.6F;
    options.label = "Model";
    if (const auto chosen = combobox(ui, "Model to explain", models, why.model.empty() ? best : why.model, options)) {
        ui.commands.push_back(ExplainModel{*chosen == best ? "" : *chosen});
    }
    if (!ui.narrow) {
        ImGui::SameLine(0, 12);
        options.width = (ui.width - 12) * 0.4F;
    }
    options.label = "Digit";
    const std::string shown = why.digit ? std::to_string(*why.digit) : answered;
    if (const auto chosen = combobox(ui, "Digit to explain", digits, shown, options)) {
        ui.commands.push_back(ExplainDigit{*chosen == answered ? std::nullopt : std::optional(std::stoi(*chosen))});
    }
}

float strongest(const WhyState& why) {
    float most = 0;
    for (const float effect : why.effect) most = std::max(most, std::abs(effect));
    return most;
}

void draw_map(const WhyState& why, const std::string& digit, Ui& ui, float side) {
    const ImVec2 min = reserve({side, side});
    draw_digit_pixels(ui, bytes_of(why.pixels), min, side);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float most = std::max(strongest(why), least_effect), scale = side / digit_side;
    for (std::size_t i = 0; i < why.effect.size(); ++i) {
        const float strength = std::abs(why.effect[i]) / most;
        if (strength < 0.02F) continue;
        const ImVec2 at = min + ImVec2(static_cast<float>(i % digit_side) * scale, static_cast<float>(i / digit_side) * scale);
        const ImU32 colour = ui.colours.series[why.effect[i] > 0 ? 0 : 1];
        list.AddRectFilled(at, at + ImVec2(scale, scale), with_alpha(colour, 0.8F * strength));
    }
    MirrorNode node;
    node.id = ImGui::GetID("heat map");
    node.value = "Heat map of what speaks for a " + digit;
    report_item(ui, std::move(node));
}

/// Draws a colour and what it means.
void draw_key(Ui& ui, ImU32 colour, const char* words) {
    constexpr float side = 14;
    const ImVec2 min = ImGui::GetCursorScreenPos();
    ImGui::GetWindowDrawList()->AddRectFilled(min + ImVec2(0, 3), min + ImVec2(side, side + 3), colour, 3);
    ImGui::SetCursorScreenPos(min + ImVec2(side + 8, 0));
    const float width = ui.width;
    ui.width -= side + 8;
    text(ui, words);
    ui.width = width;
    ImGui::SetCursorScreenPos({min.x, ImGui::GetCursorScreenPos().y});
}

void draw_words(const State& state, Ui& ui) {
    const WhyState& why = state.why;
    const std::string digit = model_classes(state, why.explained).name(why.explained_digit);
    text(ui, model_name(state, why.explained) + " takes it for a " + digit + " with " + probability(why.probability) + ".",
         TextStyle::strong, "explained");
    if (why.share_done < 1) {
        progress_bar(ui, "Heat map", why.share_done);
        return;
    }
    if (strongest(why) < least_effect) {
        status(ui, "No single patch of ink changes that.", TextStyle::body, "effect");
    } else {
        status(ui, "Without its most telling patch of ink it would be " + probability(why.lowest_probability) + ".",
               TextStyle::body, "effect");
    }
    draw_key(ui, ui.colours.series[0], ("Ink that speaks for a " + digit).c_str());
    draw_key(ui, ui.colours.series[1], "Ink that speaks against it");
    text(ui, "Each place shows what becomes of the answer when 5\u00D75 pixels of ink around it are taken away.",
         TextStyle::small);
}

void draw_similar(const State& state, Ui& ui) {
    const WhyState& why = state.why;
    heading(ui, "Training digits it takes for the most alike");
    const KnownClasses classes = model_classes(state, why.explained);
    const DataState* data = state.datasets.find_data(classes.dataset);
    if (!data) {
        text(ui, "The data set it was trained on has been removed.", TextStyle::muted);
        return;
    }
    if (data->phase != DataPhase::ready) {
        text(ui, "They are looked for among 10,000 pictures of the training set, once it is here.", TextStyle::muted);
        if (data->phase == DataPhase::absent || data->phase == DataPhase::failed) {
            ButtonOptions options;
            options.icon = icons::download;
            if (classes.dataset == mnist_id) options.description = "About 11 MB.";
            if (button(ui, "Get the data set", options)) ui.commands.push_back(RequestData{classes.dataset});
        } else {
            draw_data_progress(*data, ui, classes.dataset);
        }
        return;
    }
    const std::string total = count(static_cast<double>(why.to_look_at));
    if (why.looked_at < why.to_look_at || why.to_look_at == 0) {
        const double share = why.to_look_at > 0 ? static_cast<double>(why.looked_at) / static_cast<double>(why.to_look_at) : 0;
        progress_bar(ui, "Looking at training digits", share);
    }
    constexpr float gap = 8, caption = 20;
    const float side = std::min((ui.width - gap * (similar_pictures - 1)) / similar_pictures, 84.0F);
    const ImVec2 origin = reserve({ui.width, side + caption});
    for (std::size_t i = 0; i < why.similar.size(); ++i) {
        const SimilarPicture& one = why.similar[i];
        const ImVec2 min = origin + ImVec2(static_cast<float>(i) * (side + gap), 0);
        draw_digit_pixels(ui, one.pixels, min, side);
        put_text_centred(ui.fonts.strong, min + ImVec2(side / 2, side + caption / 2 + 2), ui.colours.text,
                         classes.name(one.label));
        MirrorNode node;
        node.id = ImGui::GetID(("similar" + std::to_string(i)).c_str());
        node.value = "Similar training digit, labelled " + classes.name(one.label) + ", distance " +
                     fixed(static_cast<double>(one.distance), 2);
        report(ui, std::move(node), min, min + ImVec2(side, side + caption));
    }
    if (why.to_look_at > 0) {
        status(ui,
               "Nearest of " + count(static_cast<double>(why.looked_at)) +
                   (why.looked_at < why.to_look_at ? " so far, of " + total : "") +
                   " training digits, by what the network's last layer reads.",
               TextStyle::small, "looked at");
    }
}

}  // namespace

void draw_why(const State& state, Ui& ui) {
    if (state.models.empty()) return;
    const Card card(ui);
    const WhyState& why = state.why;
    if (expander(ui, "Why this answer?", why.open,
                 "Shows which parts of the digit speak for an answer, and which training digits are like it.")) {
        ui.commands.push_back(ShowWhy{!why.open});
    }
    if (!why.open) return;
    draw_choices(state, ui);
    if (why.explained.empty()) {
        text(ui, "Draw a digit to see what speaks for the answer.", TextStyle::muted);
        return;
    }
    if (!why.problem.empty()) {
        text(ui, why.problem, TextStyle::problem, "why not");
        return;
    }
    const float side = std::min(largest_map, ui.narrow ? ui.width : ui.width * 0.42F);
    {
        Columns columns(ui, side);
        draw_map(why, model_classes(state, why.explained).name(why.explained_digit), ui, side);
        columns.next();
        draw_words(state, ui);
    }
    draw_similar(state, ui);
}

}  // namespace digitlab
