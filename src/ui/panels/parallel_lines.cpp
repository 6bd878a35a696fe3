#include "ui/panels/parallel_lines.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>

#include "app/sweep_monitor.h"
#include "ui/drawing.h"
#include "ui/format.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr float height = 260, top_room = 26, bottom_room = 22, side_room = 52;

/// One axis: the position of each run, 0 (bottom) to 1 (top), and the labels at its ends.
struct Axis {
    std::string title;
    std::vector<float> places;
    std::string low, high;
};

std::string words_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_number() ? general(value.get<double>()) : dump_json(value);
}

/// Places numbers by size, on a logarithmic scale if they span a power of ten, and anything else in alphabetical order.
Axis axis_of(const std::string& key, const std::vector<const Run*>& runs) {
    Axis axis;
    axis.title = sweep_title(key);
    std::vector<Json> values;
    for (const Run* run : runs) values.push_back(run->sweep->values.value(key, Json()));
    const bool numbers = std::ranges::all_of(values, [](const Json& value) { return value.is_number(); });
    std::vector<std::string> words;
    for (const Json& value : values) words.push_back(words_of(value));
    if (numbers) {
        std::vector<double> sizes;
        for (const Json& value : values) sizes.push_back(value.get<double>());
        const auto [low, high] = std::ranges::minmax(sizes);
        const bool logarithmic = low > 0 && high >= 10 * low;
        const auto scaled = [&](double size) { return logarithmic ? std::log(size) : size; };
        const double span = scaled(high) - scaled(low);
        for (const double size : sizes) {
            axis.places.push_back(span > 0 ? static_cast<float>((scaled(size) - scaled(low)) / span) : 0.5F);
        }
        axis.low = general(low);
        axis.high = general(high);
        return axis;
    }
    std::vector<std::string> different = words;
    std::ranges::sort(different);
    different.erase(std::unique(different.begin(), different.end()), different.end());
    const auto last = static_cast<float>(std::max<std::size_t>(different.size() - 1, 1));
    for (const std::string& word : words) {
        axis.places.push_back(static_cast<float>(std::ranges::find(different, word) - different.begin()) / last);
    }
    axis.low = different.front();
    axis.high = different.back();
    return axis;
}

Axis accuracy_axis(const std::vector<const Run*>& runs) {
    Axis axis;
    axis.title = "Best validation";
    const double high = best_validation_accuracy(*runs.front()), low = best_validation_accuracy(*runs.back());
    for (const Run* run : runs) {
        const double best = best_validation_accuracy(*run);
        axis.places.push_back(high > low ? static_cast<float>((best - low) / (high - low)) : 0.5F);
    }
    axis.low = precise_percent(low);
    axis.high = precise_percent(high);
    return axis;
}

void draw_axis(const Axis& axis, float x, float top, float bottom, Ui& ui) {
    ImGui::GetWindowDrawList()->AddLine({x, top}, {x, bottom}, ui.colours.border, 2);
    put_text_centred(ui.fonts.strong, {x, top - 16}, ui.colours.text, axis.title);
    put_text(ui.fonts.small, {x + 5, top - 4}, ui.colours.muted, axis.high);
    put_text(ui.fonts.small, {x + 5, bottom - 8}, ui.colours.muted, axis.low);
}

}  // namespace

void draw_parallel_lines(const std::vector<const Run*>& all, Ui& ui) {
    std::vector<const Run*> runs;
    std::ranges::copy_if(all, std::back_inserter(runs), [](const Run* run) { return best_validation_accuracy(*run) > 0; });
    if (runs.size() < 2) return;
    std::vector<Axis> axes;
    for (const auto& [key, value] : runs.front()->sweep->values.items()) axes.push_back(axis_of(key, runs));
    axes.push_back(accuracy_axis(runs));

    const ImVec2 min = reserve({ui.width, height});
    const float top = min.y + top_room, bottom = min.y + height - bottom_room;
    const float step = (ui.width - 2 * side_room) / static_cast<float>(axes.size() - 1);
    const auto place = [&](std::size_t axis, std::size_t run) {
        return ImVec2(min.x + side_room + step * static_cast<float>(axis), bottom - axes[axis].places[run] * (bottom - top));
    };
    ImDrawList& list = *ImGui::GetWindowDrawList();
    // Draw the worst first, so that the best are on top.
    for (std::size_t run = runs.size(); run-- > 0;) {
        const float goodness = axes.back().places[run];
        for (std::size_t axis = 0; axis < axes.size(); ++axis) list.PathLineTo(place(axis, run));
        list.PathStroke(with_alpha(ui.colours.accent, 0.15F + 0.85F * goodness * goodness), 0, run == 0 ? 3.0F : 1.5F);
    }
    for (std::size_t axis = 0; axis < axes.size(); ++axis) draw_axis(axes[axis], place(axis, 0).x, top, bottom, ui);
    MirrorNode node;
    node.id = ImGui::GetID("parallel lines");
    node.role = Role::text;
    node.value = "Settings of each run and what came of it; best: " + runs.front()->name + " with " + axes.back().high +
                 " validation accuracy, " + dump_json(runs.front()->sweep->values);
    report_item(ui, std::move(node));
    text(ui, "A line for each run, through its settings to its accuracy. The stronger a line, the better the run.",
         TextStyle::small);
}

}  // namespace digitlab
