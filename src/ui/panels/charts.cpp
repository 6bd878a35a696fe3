#include <algorithm>
#include <cmath>
#include <functional>

#include "ui/chart.h"
#include "ui/checkbox.h"
#include "ui/drawing.h"
#include "ui/fields.h"
#include "ui/format.h"
#include "ui/layout.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr float chart_height = 256, small_chart_height = 180;

/// How the curves of a run are shown.
struct ChartView {
    float smoothing = 0;       ///< share of the past in each point, 0 to below 1
    bool logarithmic = false;  ///< the loss
};

std::string number_label(double number) { return general(std::round(number * 1e6) / 1e6); }
std::string loss_label(double loss) { return general(std::round(loss * 1e4) / 1e4); }
std::string accuracy_label(double share) { return general(std::round(share * 1000) / 10) + " %"; }

/// The points and epochs of a run as lines over the epochs.
struct Curves {
    const std::vector<ChartPoint>& points;
    const std::vector<EpochMetrics>& epochs;
    const ChartView& view;

    Series of_points(const char* name, ImU32 colour, float ChartPoint::* value) const {
        Series series{name, colour, {}, false};
        for (const ChartPoint& point : points) series.points.push_back({point.epoch, point.*value});
        return series;
    }
    Series of_epochs(const char* name, ImU32 colour, double EpochMetrics::* value) const {
        Series series{name, colour, {}, true};
        for (const EpochMetrics& epoch : epochs) {
            series.points.push_back({static_cast<float>(epoch.epoch), static_cast<float>(epoch.*value)});
        }
        return series;
    }
    /// The curve smoothed as the user has chosen; by epochs for a finished run, which has no points.
    Series training(ImU32 colour, float ChartPoint::* value, double EpochMetrics::* by_epoch) const {
        if (points.empty()) return of_epochs("training", colour, by_epoch);
        Series series = of_points("training", colour, value);
        series.points = smoothed(std::move(series.points), view.smoothing);
        return series;
    }
};

/// The lowest and highest value; `skipped` returns how many points to skip at the beginning of a series.
std::pair<float, float> range_of(const Chart& chart, const std::function<std::size_t(const Series&)>& skipped) {
    float lowest = INFINITY, highest = 0;
    for (const Series& series : chart.series) {
        for (std::size_t index = skipped(series); index < series.points.size(); ++index) {
            lowest = std::min(lowest, series.points[index].y);
            highest = std::max(highest, series.points[index].y);
        }
    }
    return {lowest, highest};
}

/// Sets the axis for values that are not negative: from 0 or, if logarithmic, from just below the lowest value.
void set_axis(Chart& chart, bool logarithmic) {
    // The first batches are far worse than all the others, which they would flatten.
    const auto [lowest, highest] =
        range_of(chart, [](const Series& series) -> std::size_t { return series.points.size() > 20 ? 1 : 0; });
    const float top = std::isfinite(highest) && highest > 0 ? highest : 1;
    if (logarithmic) {
        chart.logarithmic = true;
        chart.y_min = std::isfinite(lowest) && lowest > 0 ? std::max(lowest, top * 1e-6F) * 0.9F : top * 1e-3F;
        chart.y_max = top * 1.1F;
        return;
    }
    const float step = nice_step(top, 5);
    chart.y_max = std::ceil(top / step) * step;
}

Chart loss_chart(const Ui& ui, const Curves& curves) {
    Chart chart;
    chart.name = "Loss";
    chart.label = loss_label;
    chart.series = {curves.training(ui.colours.series[0], &ChartPoint::loss, &EpochMetrics::train_loss),
                    curves.of_epochs("validation", ui.colours.series[1], &EpochMetrics::validation_loss)};
    set_axis(chart, curves.view.logarithmic);
    return chart;
}

Chart accuracy_chart(const Ui& ui, const Curves& curves) {
    Chart chart;
    chart.name = "Accuracy";
    chart.label = accuracy_label;
    chart.series = {curves.training(ui.colours.series[0], &ChartPoint::accuracy, &EpochMetrics::train_accuracy),
                    curves.of_epochs("validation", ui.colours.series[1], &EpochMetrics::validation_accuracy)};
    // The interesting part is near the top, so the axis starts below the worst of the later points.
    const float lowest = range_of(chart, [](const Series& series) { return series.points.size() / 5; }).first;
    chart.y_min = std::isfinite(lowest) ? std::clamp(std::floor((lowest - 0.02F) * 10) / 10, 0.0F, 0.9F) : 0;
    return chart;
}

Chart small_chart(const Ui& ui, const Curves& curves, const char* name, float ChartPoint::* value) {
    Chart chart;
    chart.name = name;
    chart.label = number_label;
    chart.series = {curves.of_points("training", ui.colours.series[0], value)};
    set_axis(chart, false);
    return chart;
}

void draw_pair(Ui& ui, Chart first, Chart second, int epochs, float height) {
    first.x_max = second.x_max = static_cast<float>(std::max(epochs, 1));
    if (ui.width < 560) {
        draw_chart(ui, first, height - 30);
        draw_chart(ui, second, height - 30);
        return;
    }
    Columns columns(ui, (ui.width - column_gap) / 2, true);
    draw_chart(ui, first, height);
    columns.next();
    draw_chart(ui, second, height);
}

void draw_chart_options(Ui& ui) {
    ChartView& view = ui.states.of<ChartView>();
    SliderOptions options;
    options.help = "How much of the batches before goes into each point of the training curves. 0 shows them as they are.";
    slider(ui, "Smoothing", view.smoothing, 0, 0.95F, 0.05F, options);
    constexpr float box = 18, height = 32;
    ImVec2 min;
    const char* name = "Logarithmic loss";
    const float width = box + 10 + measure(ui.fonts.body, name).x;
    toggle_area(ui, name, view.logarithmic, {width, height}, "Shows small losses as clearly as large ones.", min);
    draw_tick_box(ui, min + ImVec2(0, (height - box) / 2), box, view.logarithmic);
    put_text(ui.fonts.body, min + ImVec2(box + 10, (height - line_height(ui.fonts.body)) / 2), ui.colours.text, name);
}

}  // namespace

void draw_training_charts(Ui& ui, const std::vector<ChartPoint>& points, const std::vector<EpochMetrics>& epochs,
                          int total_epochs) {
    const Curves curves{points, epochs, ui.states.of<ChartView>()};
    ImGui::PushID("charts");
    draw_pair(ui, loss_chart(ui, curves), accuracy_chart(ui, curves), total_epochs, chart_height);
    if (!points.empty()) {
        draw_pair(ui, small_chart(ui, curves, "Learning rate", &ChartPoint::learning_rate),
                  small_chart(ui, curves, "Gradient norm", &ChartPoint::gradient_norm), total_epochs, small_chart_height);
        draw_chart_options(ui);
    }
    ImGui::PopID();
    text(ui, "Epochs from left to right. Point at a chart to read its values.", TextStyle::small);
}

}  // namespace digitlab
