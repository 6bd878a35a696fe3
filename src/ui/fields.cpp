#include "ui/fields.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <map>
#include <string_view>

#include "base/text.h"
#include "ui/drawing.h"
#include "ui/format.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr float field_height = 40;

void label_above(Ui& ui, const char* name) {
    const ImVec2 place = reserve({measure(ui.fonts.small, name).x, line_height(ui.fonts.small)});
    put_text(ui.fonts.small, place, ui.colours.muted, name);
    // Keep the label close to the field below it.
    ImGui::SetCursorScreenPos({place.x, place.y + line_height(ui.fonts.small) + 5});
}

template <class Integer>
bool parse(std::string_view words, Integer& value) {
    const auto [end, problem] = std::from_chars(words.data(), words.data() + words.size(), value);
    return problem == std::errc() && end == words.data() + words.size();
}

bool parse(std::string_view words, double& value) {
    const auto number = decimal_in(words);
    value = number.value_or(value);
    return number.has_value();
}

/// Why texts were rejected, by field.
struct FieldProblems {
    std::map<ImGuiID, std::string> of_field;
};

template <class Number>
bool number_field(Ui& ui, const char* name, Number& value, const std::string& shown, const char* kind,
                  const FieldOptions& options) {
    const auto typed = field(ui, name, shown, options);
    if (!typed) return false;
    const ImGuiID id = ImGui::GetID(name);
    Number parsed{};
    if (!parse(*typed, parsed)) {
        ui.states.of<FieldProblems>().of_field[id] = "\u201C" + *typed + "\u201D is not " + kind + ". Kept " + shown + ".";
        return false;
    }
    ui.states.of<FieldProblems>().of_field.erase(id);
    const bool changed = parsed != value;
    value = parsed;
    return changed;
}

/// Draws the value in its box, after the label if that is inside.
void draw_value(Ui& ui, const char* label, const std::string& value, bool inside, ImVec2 min, float width) {
    const float padding = inside ? 9.0F : 12.0F;
    const float y = min.y + (field_height - line_height(ui.fonts.body)) / 2;
    if (!inside) {
        put_text_cut(ui.fonts.body, {min.x + padding, y}, ui.colours.text, value, width - 2 * padding);
        return;
    }
    const float room = width - 2 * padding - measure(ui.fonts.small, label).x - 6;
    put_text(ui.fonts.small, {min.x + padding, min.y + (field_height - line_height(ui.fonts.small)) / 2}, ui.colours.muted,
             label);
    if (measure(ui.fonts.body, value).x <= room) {
        put_text_right(ui.fonts.body, {min.x + width - padding, y}, ui.colours.text, value);
    } else {
        put_text_cut(ui.fonts.body, {min.x + width - padding - room, y}, ui.colours.text, value, room);
    }
}

/// Sets the width of the widgets drawn while it lives, unless `width` is 0.
class WidthScope {
   public:
    WidthScope(Ui& ui, float width) : ui_(ui), before_(ui.width) {
        if (width > 0) ui.width = width;
    }
    ~WidthScope() { ui_.width = before_; }
    WidthScope(const WidthScope&) = delete;
    WidthScope& operator=(const WidthScope&) = delete;

   private:
    Ui& ui_;
    float before_;
};

}  // namespace

std::optional<std::string> field(Ui& ui, const char* name, const std::string& value, const FieldOptions& options) {
    const ImGuiID id = ImGui::GetID(name);
    const WidthScope scope(ui, options.width);
    const char* label = options.label ? options.label : name;
    ImGui::BeginGroup();
    if (!options.inside) label_above(ui, label);
    ImGui::InvisibleButton(name, {ui.width, field_height});
    const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
    const std::string problem = problem_at(ui, name);
    frame(min, max, ui.colours.surface, problem.empty() ? ui.colours.border : ui.colours.bad);
    draw_value(ui, label, value, options.inside, min, ui.width);
    focus_ring(ui, id, min, max);

    MirrorNode node;
    node.id = id;
    node.role = Role::field;
    node.name = name;
    node.value = value;
    node.description = problem.empty() ? options.help : problem;
    report(ui, std::move(node), min, max);
    if (!problem.empty() && !options.inside) {
        ImGui::PushID(name);
        text(ui, problem, TextStyle::problem, "problem");
        ImGui::PopID();
    }
    ImGui::EndGroup();
    auto typed = ui.mirror.take_value(id);
    if (typed) typed = std::string(trimmed(*typed));
    return typed;
}

std::string problem_at(Ui& ui, const char* name) {
    const auto& problems = ui.states.of<FieldProblems>().of_field;
    const auto problem = problems.find(ImGui::GetID(name));
    return problem == problems.end() ? "" : problem->second;
}

void forget_field_problems(Ui& ui) { ui.states.of<FieldProblems>().of_field.clear(); }

bool integer_field(Ui& ui, const char* name, int& value, const FieldOptions& options) {
    return number_field(ui, name, value, std::to_string(value), "a whole number", options);
}

bool seed_field(Ui& ui, const char* name, std::uint64_t& value, const FieldOptions& options) {
    return number_field(ui, name, value, std::to_string(value), "a whole number of at least 0", options);
}

bool decimal_field(Ui& ui, const char* name, double& value, const FieldOptions& options) {
    return number_field(ui, name, value, general(value), "a number such as 0.004", options);
}

bool decimal_field(Ui& ui, const char* name, float& value, const FieldOptions& options) {
    auto exact = static_cast<double>(value);
    if (!decimal_field(ui, name, exact, options)) return false;
    value = static_cast<float>(exact);
    return true;
}

std::optional<std::string> text_area(Ui& ui, const char* name, const std::string& value, float height,
                                     const std::string& problem, const std::string& help) {
    constexpr float padding = 12;
    const ImGuiID id = ImGui::GetID(name);
    ImGui::BeginGroup();
    label_above(ui, name);
    ImGui::InvisibleButton(name, {ui.width, height});
    const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
    frame(min, max, ui.colours.surface, problem.empty() ? ui.colours.border : ui.colours.bad);
    ImGui::PushClipRect(min + ImVec2(padding, 8), max - ImVec2(padding, 8), true);
    put_text(ui.fonts.small, min + ImVec2(padding, 8), ui.colours.text, value);
    ImGui::PopClipRect();
    focus_ring(ui, id, min, max);

    MirrorNode node;
    node.id = id;
    node.role = Role::text_area;
    node.name = name;
    node.value = value;
    node.description = problem.empty() ? help : problem;
    report(ui, std::move(node), min, max);
    if (!problem.empty()) {
        ImGui::PushID(name);
        text(ui, problem, TextStyle::problem, "problem");
        ImGui::PopID();
    }
    ImGui::EndGroup();
    return ui.mirror.take_value(id);
}

std::optional<std::string> combobox(Ui& ui, const char* name, const std::vector<Choice>& choices, const std::string& chosen,
                                    const FieldOptions& options) {
    const ImGuiID id = ImGui::GetID(name);
    const WidthScope scope(ui, options.width);
    const auto current = std::ranges::find(choices, chosen, &Choice::id);
    const std::string shown = current == choices.end() ? chosen : current->title;
    ImGui::BeginGroup();
    if (!options.inside) label_above(ui, options.label ? options.label : name);
    const bool opened = ImGui::InvisibleButton(name, {ui.width, field_height});
    const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
    frame(min, max, ImGui::IsItemHovered() ? ui.colours.raised : ui.colours.surface, ui.colours.border);
    const float y = min.y + (field_height - line_height(ui.fonts.body)) / 2;
    put_text_cut(ui.fonts.body, {min.x + 12, y}, ui.colours.text, shown, ui.width - 44);
    const ImVec2 chevron[] = {{max.x - 26, min.y + 17}, {max.x - 20, min.y + 23}, {max.x - 14, min.y + 17}};
    ImGui::GetWindowDrawList()->AddPolyline(chevron, 3, ui.colours.muted, 0, 2);
    focus_ring(ui, id, min, max);

    MirrorNode node;
    node.id = id;
    node.role = Role::combobox;
    node.name = name;
    node.value = chosen;
    node.options = choices;
    node.description = options.help;
    report(ui, std::move(node), min, max);

    std::optional<std::string> picked;
    if (const auto wanted = ui.mirror.take_value(id)) {
        for (const Choice& choice : choices) {
            if (choice.id == *wanted || choice.title == *wanted) picked = choice.id;
        }
    }
    // The page opens the browser's own list instead; this one is for programs without a page.
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
    if (picked && *picked == chosen) picked.reset();
    return picked;
}

bool slider(Ui& ui, const char* name, float& value, float minimum, float maximum, float step, const SliderOptions& options) {
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
    const auto move_to = [&](float wanted) {
        value = std::clamp(minimum + std::round((wanted - minimum) / step) * step, minimum, maximum);
    };
    if (ImGui::IsItemActive()) {
        move_to(minimum + (ImGui::GetIO().MousePos.x - left) / span * (maximum - minimum));
    } else if (const auto set = ui.mirror.take_value(id); set && parse(trimmed(*set), parsed)) {
        move_to(static_cast<float>(parsed));
    }

    const float share = (value - minimum) / (maximum - minimum);
    const float y = (min.y + max.y) / 2;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled({min.x, y - 3}, {max.x, y + 3}, ui.colours.track, 3);
    list.AddRectFilled({min.x, y - 3}, {left + span * share, y + 3}, ui.colours.accent, 3);
    list.AddCircleFilled({left + span * share, y}, knob, ui.colours.accent);
    list.AddCircleFilled({left + span * share, y}, knob - 3, ui.colours.surface);
    put_text_right(ui.fonts.small, {max.x, line.y}, ui.colours.text,
                   fixed(static_cast<double>(value), step < 1 ? 1 : 0) + options.unit);
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
    node.description = options.help;
    report(ui, std::move(node), min, max);
    return value != before;
}

}  // namespace digitlab
