#include "ui/fields.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "ui/drawing.h"
#include "ui/format.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr float field_height = 40;

void label_above(Ui& ui, const char* name) {
    const ImVec2 place = reserve({measure(ui.fonts.small, name).x, line_height(ui.fonts.small)});
    put_text(ui.fonts.small, place, ui.colours.muted, name);
    // The label belongs to what follows.
    ImGui::SetCursorScreenPos({place.x, place.y + line_height(ui.fonts.small) + 5});
}

std::string trimmed(std::string_view words) {
    constexpr std::string_view blank = " \t\r\n";
    const std::size_t first = words.find_first_not_of(blank);
    if (first == std::string_view::npos) return "";
    return std::string(words.substr(first, words.find_last_not_of(blank) - first + 1));
}

template <class Integer>
bool parse(const std::string& words, Integer& value) {
    const auto [end, problem] = std::from_chars(words.data(), words.data() + words.size(), value);
    return problem == std::errc() && end == words.data() + words.size();
}

// Not from_chars: libc++ has none for floating-point numbers.
bool parse(const std::string& words, double& value) {
    if (words.empty() || words.find_first_not_of("0123456789.eE+-") != std::string::npos) return false;
    char* end = nullptr;
    const double parsed = std::strtod(words.c_str(), &end);
    if (end != words.c_str() + words.size() || !std::isfinite(parsed)) return false;
    value = parsed;
    return true;
}

template <class Number>
bool number_field(Ui& ui, const char* name, Number& value, const std::string& shown, const char* kind, float width) {
    const auto typed = field(ui, name, shown, width);
    if (!typed) return false;
    const ImGuiID id = ImGui::GetID(name);
    Number parsed{};
    if (!parse(*typed, parsed)) {
        ui.visual.field_problems[id] = "\u201C" + *typed + "\u201D is not " + kind + ". Kept " + shown + ".";
        return false;
    }
    ui.visual.field_problems.erase(id);
    const bool changed = parsed != value;
    value = parsed;
    return changed;
}

}  // namespace

std::optional<std::string> field(Ui& ui, const char* name, const std::string& value, float width) {
    const ImGuiID id = ImGui::GetID(name);
    const float column = ui.width;
    ui.width = width;
    ImGui::BeginGroup();
    label_above(ui, name);
    ImGui::InvisibleButton(name, {width, field_height});
    const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
    const auto problem = ui.visual.field_problems.find(id);
    const bool wrong = problem != ui.visual.field_problems.end();
    frame(min, max, ui.colours.surface, wrong ? ui.colours.bad : ui.colours.border);
    put_text_cut(ui.fonts.body, {min.x + 12, min.y + (field_height - line_height(ui.fonts.body)) / 2}, ui.colours.text, value,
                 width - 24);
    focus_ring(ui, id, min, max);

    MirrorNode node;
    node.id = id;
    node.role = Role::field;
    node.name = name;
    node.value = value;
    if (wrong) node.description = problem->second;
    report(ui, std::move(node), min, max);
    if (wrong) {
        ImGui::PushID(name);
        text(ui, problem->second, TextStyle::problem, "problem");
        ImGui::PopID();
    }
    ImGui::EndGroup();
    ui.width = column;
    auto typed = ui.mirror.take_value(id);
    if (typed) typed = trimmed(*typed);
    return typed;
}

bool integer_field(Ui& ui, const char* name, int& value, float width) {
    return number_field(ui, name, value, std::to_string(value), "a whole number", width);
}

bool seed_field(Ui& ui, const char* name, std::uint64_t& value, float width) {
    return number_field(ui, name, value, std::to_string(value), "a whole number of at least 0", width);
}

bool decimal_field(Ui& ui, const char* name, double& value, float width) {
    return number_field(ui, name, value, general(value), "a number such as 0.004", width);
}

std::optional<std::string> combobox(Ui& ui, const char* name, const std::vector<Choice>& choices, const std::string& chosen) {
    const ImGuiID id = ImGui::GetID(name);
    const auto current = std::ranges::find(choices, chosen, &Choice::id);
    const std::string shown = current == choices.end() ? chosen : current->title;
    ImGui::BeginGroup();
    label_above(ui, name);
    const bool opened = ImGui::InvisibleButton(name, {ui.width, field_height});
    const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
    frame(min, max, ImGui::IsItemHovered() ? ui.colours.raised : ui.colours.surface, ui.colours.border);
    const float y = min.y + (field_height - line_height(ui.fonts.body)) / 2;
    put_text_cut(ui.fonts.body, {min.x + 12, y}, ui.colours.text, shown, ui.width - 48);
    const ImVec2 chevron[] = {{max.x - 26, min.y + 17}, {max.x - 20, min.y + 23}, {max.x - 14, min.y + 17}};
    ImGui::GetWindowDrawList()->AddPolyline(chevron, 3, ui.colours.muted, 0, 2);
    focus_ring(ui, id, min, max);

    MirrorNode node;
    node.id = id;
    node.role = Role::combobox;
    node.name = name;
    node.value = chosen;
    for (const Choice& choice : choices) node.options.push_back(choice.id + "\t" + choice.title);
    report(ui, std::move(node), min, max);

    std::optional<std::string> picked;
    if (const auto wanted = ui.mirror.take_value(id)) {
        for (const Choice& choice : choices) {
            if (choice.id == *wanted || choice.title == *wanted) picked = choice.id;
        }
    }
    // The page opens the browser's own list instead; this one serves where there is no page.
    if (opened || ui.mirror.take_activation(id)) ImGui::OpenPopup(name);
    ImGui::SetNextWindowPos({min.x, max.y + 4});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {8, 8});
    if (ImGui::BeginPopup(name)) {
        for (const Choice& choice : choices) {
            if (ImGui::Selectable(choice.title.c_str(), choice.id == chosen, 0, {ui.width - 16, 24})) picked = choice.id;
        }
        ImGui::EndPopup();
    }
    ImGui::PopStyleVar();
    ImGui::EndGroup();
    return picked;
}

bool slider(Ui& ui, const char* name, float& value, float minimum, float maximum, float step, const char* unit) {
    constexpr float height = 28, knob = 9;
    const ImGuiID id = ImGui::GetID(name);
    const float before = value;
    ImGui::BeginGroup();
    const ImVec2 line = ImGui::GetCursorScreenPos();
    label_above(ui, name);
    ImGui::InvisibleButton(name, {ui.width, height});
    const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
    const float left = min.x + knob, span = ui.width - 2 * knob;
    double parsed = 0;
    if (ImGui::IsItemActive()) {
        value = minimum + (ImGui::GetIO().MousePos.x - left) / span * (maximum - minimum);
    } else if (const auto set = ui.mirror.take_value(id); set && parse(trimmed(*set), parsed)) {
        value = static_cast<float>(parsed);
    }
    value = std::clamp(minimum + std::round((value - minimum) / step) * step, minimum, maximum);

    const float share = (value - minimum) / (maximum - minimum);
    const float y = (min.y + max.y) / 2;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled({min.x, y - 3}, {max.x, y + 3}, ui.colours.track, 3);
    list.AddRectFilled({min.x, y - 3}, {left + span * share, y + 3}, ui.colours.accent, 3);
    list.AddCircleFilled({left + span * share, y}, knob, ui.colours.accent);
    list.AddCircleFilled({left + span * share, y}, knob - 3, ui.colours.surface);
    put_text_right(ui.fonts.small, {max.x, line.y}, ui.colours.text, fixed(static_cast<double>(value), 0) + unit);
    focus_ring(ui, id, min, max);
    ImGui::EndGroup();

    MirrorNode node;
    node.id = id;
    node.role = Role::slider;
    node.name = name;
    node.value = general(static_cast<double>(value));
    node.minimum = static_cast<double>(minimum);
    node.maximum = static_cast<double>(maximum);
    node.step = static_cast<double>(step);
    report(ui, std::move(node), min, max);
    return value != before;
}

}  // namespace digitlab
