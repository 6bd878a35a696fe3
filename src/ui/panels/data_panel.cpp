#include <algorithm>

#include "ui/drawing.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/panels/panels.h"
#include "ui/picture_sheet.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr int sheet_columns = 14, sheet_rows = 8;

/// Counts and pictures of a data set that was not looked at before.
void look_at(const Dataset& dataset, VisualState& visual) {
    if (visual.counted == &dataset) return;
    visual.counted = &dataset;
    visual.class_counts.fill(0);
    for (const std::uint8_t label : dataset.labels) {
        if (label < visual.class_counts.size()) ++visual.class_counts[label];
    }
    visual.samples = empty_sheet(sheet_columns, sheet_rows);
    const std::size_t shown = std::min<std::size_t>(dataset.rows(), sheet_columns * sheet_rows);
    if (dataset.image_size() != digit_pixels) return;
    for (std::size_t row = 0; row < shown; ++row) put_on_sheet(visual.samples, static_cast<int>(row), dataset.image(row));
}

void draw_class_counts(Ui& ui) {
    const int most = std::max(1, *std::ranges::max_element(ui.visual.class_counts));
    constexpr float row = 29;
    for (int digit = 0; digit < 10; ++digit) {
        const int number = ui.visual.class_counts[static_cast<std::size_t>(digit)];
        const ImVec2 min = reserve({ui.width, row - ImGui::GetStyle().ItemSpacing.y + 2});
        const float y = min.y + 3, bar = ui.width - 90;
        put_text(ui.fonts.strong, min, ui.colours.text, std::to_string(digit));
        ImDrawList& list = *ImGui::GetWindowDrawList();
        list.AddRectFilled({min.x + 24, y}, {min.x + 24 + bar, y + 12}, ui.colours.track, 4);
        list.AddRectFilled({min.x + 24, y}, {min.x + 24 + bar * static_cast<float>(number) / static_cast<float>(most), y + 12},
                           ui.colours.accent, 4);
        put_text_right(ui.fonts.body, {min.x + ui.width, min.y}, ui.colours.text, count(number));
        MirrorNode node;
        node.id = ImGui::GetID(&ui.visual.class_counts[static_cast<std::size_t>(digit)]);
        node.role = Role::text;
        node.value = "Digit " + std::to_string(digit) + ": " + count(number) + " pictures";
        report_item(ui, std::move(node));
    }
}

void draw_about_mnist(const DataState& data, Ui& ui) {
    const Card card(ui);
    heading(ui, "The MNIST data set");
    text(ui,
         "70,000 digits written by employees of the US Census Bureau and by high school students, collected by NIST and "
         "prepared by "
         "Yann LeCun, Corinna Cortes and Christopher Burges: 60,000 to learn from, 10,000 to test with. Each is a grey picture "
         "of "
         "28\u00D728 pixels with the digit's centre of mass in the middle.");
    text(ui,
         "Training sees the 60,000, less a part that is kept aside for validation. The 10,000 test digits, from other writers, "
         "are looked "
         "at only once, at the end of a run.",
         TextStyle::muted);
    draw_data_progress(data, ui);
}

}  // namespace

void draw_data_progress(const DataState& data, Ui& ui) {
    switch (data.phase) {
        case DataPhase::ready: {
            const std::size_t test = data.pair.test ? data.pair.test->rows() : 0;
            const std::size_t train = data.pair.train ? data.pair.train->rows() : 0;
            status(ui,
                   "Ready: " + count(static_cast<double>(train)) + " training and " + count(static_cast<double>(test)) +
                       " test digits",
                   TextStyle::strong, "data status");
            return;
        }
        case DataPhase::requested:
        case DataPhase::loading: {
            status(ui, "Downloading the data set", TextStyle::strong, "data status");
            const bool known = data.total_bytes > 0;
            progress_bar(ui, "Download", known ? data.received_bytes / data.total_bytes : 0);
            text(ui, megabytes(data.received_bytes) + (known ? " of " + megabytes(data.total_bytes) : std::string()),
                 TextStyle::muted, "received");
            return;
        }
        case DataPhase::failed: status(ui, data.failure, TextStyle::problem, "data status"); break;
        case DataPhase::absent: break;
    }
    ButtonOptions options;
    options.icon = icons::download;
    options.description = "About 11 MB.";
    if (button(ui, data.phase == DataPhase::failed ? "Try again" : "Download data set", options))
        ui.commands.push_back(RequestData{});
}

void draw_data(const State& state, Ui& ui) {
    Columns columns(ui, (ui.width - column_gap) / 2);
    draw_about_mnist(state.data, ui);
    const Dataset* train = state.data.phase == DataPhase::ready ? state.data.pair.train.get() : nullptr;
    if (train) {
        look_at(*train, ui.visual);
        const Card card(ui);
        heading(ui, "Training digits of each kind");
        draw_class_counts(ui);
    }
    columns.next();
    const Card card(ui);
    heading(ui, "Samples");
    if (train && train->rows() > 0) {
        draw_sheet(ui, ui.visual.samples, TextureSlot::samples, 1, "Pictures of the first digits of the training set");
        text(ui,
             "The first " + std::to_string(std::min<std::size_t>(train->rows(), sheet_columns * sheet_rows)) +
                 " digits of the training set.",
             TextStyle::muted);
    } else {
        text(ui, "Once the data set is here, you will see some of its digits and how many there are of each kind.",
             TextStyle::muted);
    }
}

}  // namespace digitlab
