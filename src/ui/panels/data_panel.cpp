#include <algorithm>

#include "data/digit_classes.h"
#include "data/digit_pixels.h"
#include "ui/drawing.h"
#include "ui/fields.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/panels/panels.h"
#include "ui/picture_sheet.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

constexpr int sheet_columns = 14, sheet_rows = 8;
constexpr float widest_class_name = 130;

/// How many pictures of each class a data set has, and some of them.
struct DatasetSummary {
    const Dataset* dataset = nullptr;  ///< only compared, never dereferenced
    std::vector<int> class_counts;
    GreyImage samples;
    std::uint64_t samples_revision = 0;
};

struct Removal {
    std::string asked;  ///< id of the data set whose removal waits to be confirmed
};

/// Updates the counts and pictures when another data set is shown.
void look_at(const Dataset& dataset, DatasetSummary& summary) {
    if (summary.dataset == &dataset && summary.class_counts.size() == static_cast<std::size_t>(dataset.classes)) return;
    summary.dataset = &dataset;
    summary.class_counts.assign(static_cast<std::size_t>(dataset.classes), 0);
    for (const std::uint8_t label : dataset.labels) {
        if (label < summary.class_counts.size()) ++summary.class_counts[label];
    }
    summary.samples = empty_sheet(sheet_columns, sheet_rows);
    ++summary.samples_revision;
    const std::size_t shown = std::min<std::size_t>(dataset.rows(), sheet_columns * sheet_rows);
    if (dataset.image_size() != digit_pixels) return;
    for (std::size_t row = 0; row < shown; ++row) put_on_sheet(summary.samples, static_cast<int>(row), dataset.image(row));
}

float width_of_names(const DatasetEntry& dataset, const Ui& ui) {
    float widest = 14;
    for (int index = 0; index < dataset.classes; ++index) {
        widest = std::max(widest, measure(ui.fonts.strong, class_name(dataset.class_names, index)).x);
    }
    return std::min(widest, widest_class_name) + 10;
}

void draw_class_counts(const DatasetEntry& dataset, const std::vector<int>& counts, Ui& ui) {
    const int most = std::max(1, *std::ranges::max_element(counts));
    constexpr float row = 29;
    const float left = width_of_names(dataset, ui);
    for (std::size_t index = 0; index < counts.size(); ++index) {
        const int number = counts[index];
        const std::string name = class_name(dataset.class_names, static_cast<int>(index));
        const ImVec2 min = reserve({ui.width, row - ImGui::GetStyle().ItemSpacing.y + 2});
        const float y = min.y + 3, bar = ui.width - left - 66;
        put_text_cut(ui.fonts.strong, min, ui.colours.text, name, left - 6);
        ImDrawList& list = *ImGui::GetWindowDrawList();
        list.AddRectFilled({min.x + left, y}, {min.x + left + bar, y + 12}, ui.colours.track, 4);
        list.AddRectFilled({min.x + left, y},
                           {min.x + left + bar * static_cast<float>(number) / static_cast<float>(most), y + 12},
                           ui.colours.accent, 4);
        put_text_right(ui.fonts.body, {min.x + ui.width, min.y}, ui.colours.text, count(number));
        MirrorNode node;
        node.id = ImGui::GetID(("class" + std::to_string(index)).c_str());
        node.role = Role::text;
        node.value = (dataset.class_names.empty() ? "Digit " : "") + name + ": " + count(number) + " pictures";
        report_item(ui, std::move(node));
    }
}

void draw_about_mnist(Ui& ui) {
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
}

void draw_about_fashion(Ui& ui) {
    text(
        ui,
        "70,000 photos of garments from Zalando's shop, made by Han Xiao, Kashif Rasul and Roland Vollgraf as a harder twin of "
        "MNIST: ten kinds, from T-shirts to ankle boots, in grey and 28\u00D728 pixels.");
    text(ui,
         "The source of these copies does not tell which 10,000 were meant for testing, so the last 1,000 of each kind are: "
         "test "
         "accuracies come close to published ones but are not of the same pictures.",
         TextStyle::muted);
}

void draw_about_own(const DatasetEntry& dataset, Ui& ui) {
    text(ui, count(static_cast<double>(dataset.train_rows)) + " pictures to learn from and " +
                 count(static_cast<double>(dataset.test_rows)) + " to test with, of " + std::to_string(dataset.classes) +
                 " classes. Your own data set, kept in this browser only.");
    if (!dataset.stored) {
        text(ui, "It could not be kept and will be gone once this page is closed.", TextStyle::problem, "not stored");
    }
}

/// Asks what ten numbered classes are.
void draw_kind(const State& state, const DatasetEntry& dataset, Ui& ui) {
    if (!may_be_digits(dataset.classes, dataset.class_names) || is_trained_on(state, dataset.id)) return;
    FieldOptions options;
    options.help = "Models of digits vote and read numbers. Counts for models that are trained from now on.";
    const bool digits = dataset.kind == DataKind::digits;
    const std::vector<Choice> choices = {{"digits", "The digits 0 to 9"}, {"other", "Something else"}};
    if (const auto chosen = combobox(ui, "What its classes are", choices, digits ? "digits" : "other", options)) {
        ui.commands.push_back(SetDatasetKind{dataset.id, *chosen == "digits" ? DataKind::digits : DataKind::other});
    }
}

void draw_removal(const State& state, const DatasetEntry& dataset, Ui& ui) {
    std::string& asked = ui.states.of<Removal>().asked;
    const bool used = is_trained_on(state, dataset.id);
    ButtonOptions options;
    options.icon = icons::remove;
    options.kind = ButtonKind::danger;
    options.enabled = !used;
    if (used) options.description = "A network is training on it. Stop that first.";
    if (asked != dataset.id) {
        if (button(ui, "Remove data set", options)) asked = dataset.id;
        return;
    }
    status(ui, "Remove " + dataset.name + " for good? Models trained on it stay.", TextStyle::strong, "confirm removal");
    if (button(ui, "Remove for good", options)) {
        ui.commands.push_back(RemoveDataset{dataset.id});
        asked.clear();
    }
    ImGui::SameLine();
    if (button(ui, "Keep")) asked.clear();
}

/// Draws the chosen data set: what it is, how far it is loaded, and how to remove it.
void draw_chosen(const State& state, Ui& ui) {
    const Card card(ui);
    const std::string& id = state.form.spec.dataset;
    heading(ui, id == mnist_id ? "The MNIST data set" : state.datasets.name_of(id));
    draw_dataset_choice(state, ui);
    if (id == mnist_id) draw_about_mnist(ui);
    if (id == fashion_id) draw_about_fashion(ui);
    const DatasetEntry* dataset = state.datasets.find(id);
    if (!dataset) return;
    if (dataset->own()) draw_about_own(*dataset, ui);
    if (dataset->own()) draw_kind(state, *dataset, ui);
    draw_data_progress(dataset->data, ui, id);
    if (dataset->own()) draw_removal(state, *dataset, ui);
}

/// Offers a ready-made data set to those who have not found it in the list.
void draw_ready_made(const State& state, Ui& ui) {
    if (state.form.spec.dataset == fashion_id) return;
    const Card card(ui);
    heading(ui, "Ready-made");
    text(ui, "Fashion-MNIST: garments instead of digits, ten kinds, 60,000 pictures to learn from. Harder than MNIST.");
    ButtonOptions options;
    options.icon = icons::download;
    options.description = "70,000 photos of garments, about 30 MB. Chooses and downloads it.";
    if (button(ui, "Get Fashion-MNIST", options)) {
        ui.commands.push_back(ChooseDataset{fashion_id});
        ui.commands.push_back(RequestData{fashion_id});
    }
}

}  // namespace

void draw_data_progress(const DataState& data, Ui& ui, const std::string& id) {
    switch (data.phase) {
        case DataPhase::ready: {
            const std::size_t test = data.pair.test ? data.pair.test->rows() : 0;
            const std::size_t train = data.pair.train ? data.pair.train->rows() : 0;
            status(ui,
                   "Ready: " + count(static_cast<double>(train)) + " training and " + count(static_cast<double>(test)) +
                       (id == mnist_id ? " test digits" : " test pictures"),
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
            ButtonOptions cancel;
            cancel.icon = icons::close;
            cancel.description = "Runs that wait for the data set are stopped.";
            if (button(ui, "Cancel download", cancel)) ui.commands.push_back(CancelData{id});
            return;
        }
        case DataPhase::failed: status(ui, data.failure, TextStyle::problem, "data status"); break;
        case DataPhase::absent: break;
    }
    ButtonOptions options;
    options.icon = icons::download;
    options.description = id == mnist_id ? "About 11 MB." : id == fashion_id ? "About 30 MB." : "";
    if (button(ui, data.phase == DataPhase::failed ? "Try again" : "Download data set", options))
        ui.commands.push_back(RequestData{id});
}

void draw_data(const State& state, Ui& ui) {
    const std::string& id = state.form.spec.dataset;
    const DatasetEntry* dataset = state.datasets.find(id);
    const Dataset* train = dataset && dataset->data.phase == DataPhase::ready ? dataset->data.pair.train.get() : nullptr;
    const char* what = id == mnist_id ? "digits" : "pictures";
    auto& summary = ui.states.of<DatasetSummary>();
    Columns columns(ui, (ui.width - column_gap) / 2);
    draw_chosen(state, ui);
    if (train) {
        look_at(*train, summary);
        const Card card(ui);
        heading(ui, "Training " + std::string(what) + " of each kind");
        draw_class_counts(*dataset, summary.class_counts, ui);
    }
    columns.next();
    {
        const Card card(ui);
        heading(ui, "Samples");
        if (train && train->rows() > 0) {
            const std::string first = "first " + std::string(what) + " of the training set";
            draw_sheet(ui, summary.samples, TextureSlot::samples, summary.samples_revision,
                       ("Pictures of the " + first).c_str());
            text(ui,
                 "The first " + std::to_string(std::min<std::size_t>(train->rows(), sheet_columns * sheet_rows)) + " " + what +
                     " of the training set.",
                 TextStyle::muted);
        } else {
            text(ui, "Once the data set is here, you will see some of its pictures and how many there are of each kind.",
                 TextStyle::muted);
        }
    }
    draw_dataset_import(state, ui);
    draw_ready_made(state, ui);
}

}  // namespace digitlab
