#include <algorithm>
#include <cmath>

#include "ui/chart.h"
#include "ui/format.h"
#include "ui/layout.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr float chart_height = 256;

std::string loss_label(double loss) { return general(std::round(loss * 1e4) / 1e4); }
std::string accuracy_label(double share) { return general(std::round(share * 1000) / 10) + " %"; }

Chart loss_chart(const Ui& ui, const std::vector<ChartPoint>& points, const std::vector<EpochMetrics>& epochs) {
    Chart chart;
    chart.name = "Loss";
    chart.label = loss_label;
    chart.series = {{"training", ui.colours.series[0], {}, points.empty()}, {"validation", ui.colours.series[1], {}, true}};
    for (const ChartPoint& point : points) chart.series[0].points.push_back({point.epoch, point.loss});
    for (const EpochMetrics& epoch : epochs) {
        const auto x = static_cast<float>(epoch.epoch);
        if (points.empty()) chart.series[0].points.push_back({x, static_cast<float>(epoch.train_loss)});
        chart.series[1].points.push_back({x, static_cast<float>(epoch.validation_loss)});
    }
    float highest = 0.05F;
    for (const Series& series : chart.series) {
        // The first batches are far worse than all that follows and would press it flat.
        const std::size_t skipped = series.points.size() > 20 ? 1 : 0;
        for (std::size_t index = skipped; index < series.points.size(); ++index) {
            highest = std::max(highest, series.points[index].y);
        }
    }
    const float step = nice_step(highest, 5);
    chart.y_max = std::isfinite(highest) ? std::ceil(highest / step) * step : 1;
    return chart;
}

Chart accuracy_chart(const Ui& ui, const std::vector<ChartPoint>& points, const std::vector<EpochMetrics>& epochs) {
    Chart chart;
    chart.name = "Accuracy";
    chart.label = accuracy_label;
    chart.series = {{"training", ui.colours.series[0], {}, points.empty()}, {"validation", ui.colours.series[1], {}, true}};
    for (const ChartPoint& point : points) chart.series[0].points.push_back({point.epoch, point.accuracy});
    for (const EpochMetrics& epoch : epochs) {
        const auto x = static_cast<float>(epoch.epoch);
        if (points.empty()) chart.series[0].points.push_back({x, static_cast<float>(epoch.train_accuracy)});
        chart.series[1].points.push_back({x, static_cast<float>(epoch.validation_accuracy)});
    }
    // The interesting part is near the top: begin below the worst of the later points.
    float lowest = 1;
    for (const Series& series : chart.series) {
        for (std::size_t index = series.points.size() / 5; index < series.points.size(); ++index) {
            lowest = std::min(lowest, series.points[index].y);
        }
    }
    chart.y_min = std::clamp(std::floor((lowest - 0.02F) * 10) / 10, 0.0F, 0.9F);
    return chart;
}

}  // namespace

void draw_training_charts(Ui& ui, const std::vector<ChartPoint>& points, const std::vector<EpochMetrics>& epochs,
                          int total_epochs) {
    Chart loss = loss_chart(ui, points, epochs);
    Chart accuracy = accuracy_chart(ui, points, epochs);
    loss.x_max = accuracy.x_max = static_cast<float>(std::max(total_epochs, 1));
    const bool beside = ui.width >= 560;
    ImGui::PushID("charts");
    if (beside) {
        Columns columns(ui, (ui.width - column_gap) / 2, true);
        draw_chart(ui, loss, chart_height);
        columns.next();
        draw_chart(ui, accuracy, chart_height);
    } else {
        draw_chart(ui, loss, chart_height - 30);
        draw_chart(ui, accuracy, chart_height - 30);
    }
    ImGui::PopID();
    text(ui, "Epochs from left to right. Point at a chart to read its values.", TextStyle::small);
}

}  // namespace digitlab
