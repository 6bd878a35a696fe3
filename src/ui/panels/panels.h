#pragma once

#include "ui/ui.h"

namespace digitlab {

// One function per view: draws the state and pushes commands.
void draw_train(const State& state, Ui& ui);
void draw_draw(const State& state, Ui& ui);
void draw_history(const State& state, Ui& ui);
void draw_inspect(const State& state, Ui& ui);
void draw_data(const State& state, Ui& ui);
void draw_about(const State& state, Ui& ui);

// Parts that several views share.

/// Draws the shape and parameters of each layer.
void draw_layers(Ui& ui, const Architecture& architecture);
/// "32\u00D726\u00D726": channels, height and width; a single number for a flat layer.
std::string shape_words(const Shape& shape);
/// Draws how far a data set is loaded, and the button that downloads it.
void draw_data_progress(const DataState& data, Ui& ui, const std::string& id = mnist_id);
/// Draws the choice of the data set that is shown and that the next run trains on.
void draw_dataset_choice(const State& state, Ui& ui);
/// Draws how much is stored, and whether the browser keeps it.
void draw_storage(const StorageState& storage, Ui& ui);
/// Draws the form for a custom data set, and the progress of its import.
void draw_dataset_import(const State& state, Ui& ui);
/// Draws loss and accuracy, side by side if there is room.
void draw_training_charts(Ui& ui, const std::vector<ChartPoint>& points, const std::vector<EpochMetrics>& epochs,
                          int total_epochs);
/// Draws how much better a fine-tuned model is than the one it started from.
void draw_fine_tune(const Run& run, Ui& ui);
/// `names` are those of the classes; without any, numbers are shown.
void draw_confusion_matrix(Ui& ui, const TestResult& test, const std::vector<std::string>& names = {});

}  // namespace digitlab
