#include "data/dataset_files.h"
#include "ui/fields.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace digitlab {

namespace {

void draw_progress(const ImportState& import, Ui& ui) {
    status(ui, "Reading " + import.name + ": " + count(static_cast<double>(import.rows)) + " pictures", TextStyle::strong,
           "import status");
    progress_bar(ui, "Reading the data set", import.share_done);
    if (button(ui, "Cancel")) ui.commands.push_back(CancelAddDataset{});
}

void draw_outcome(const State& state, Ui& ui) {
    const ImportState& import = state.datasets.import;
    if (import.error) {
        status(ui, import.error->message, TextStyle::problem, "import status");
    } else if (const DatasetEntry* added = state.datasets.find(import.id)) {
        status(ui, added->name + " was added.", TextStyle::strong, "import status");
    }
}

}  // namespace

void draw_dataset_choice(const State& state, Ui& ui) {
    std::vector<Choice> choices;
    for (const DatasetEntry& dataset : state.datasets.all) choices.push_back({dataset.id, dataset.name});
    FieldOptions options;
    options.help = "The pictures to learn from. Add your own in the Data view.";
    if (const auto chosen = combobox(ui, "Data set", choices, state.form.spec.dataset, options)) {
        ui.commands.push_back(ChooseDataset{*chosen});
    }
}

void draw_dataset_import(const State& state, Ui& ui) {
    const Card card(ui);
    heading(ui, "Your own data");
    text(ui,
         "Letters, symbols, garments: any small pictures with labels. Choose or drop a CSV file (a label, then 784 pixels in "
         "each "
         "row), a ZIP of pictures in folders named by label, or IDX files as MNIST has them; gzip is unpacked. Everything "
         "stays in "
         "this browser.");
    if (state.datasets.import.active) {
        draw_progress(state.datasets.import, ui);
    } else {
        ButtonOptions options;
        options.icon = icons::add;
        options.description = "Opens the file picker. Several files together make one data set.";
        if (button(ui, "Add data set", options)) ui.commands.push_back(AskPlatform{PickDatasetFiles{}});
        draw_outcome(state, ui);
    }
    text(ui, "Limits: " + dataset_limits(), TextStyle::small, "limits");
    text(ui,
         "Pictures of another size are fitted into 28\u00D728; light and dark are exchanged where the paper is light. Without "
         "a test "
         "part every sixth picture of a class, chosen at random, is kept for testing.",
         TextStyle::small, "fitting");
}

}  // namespace digitlab
