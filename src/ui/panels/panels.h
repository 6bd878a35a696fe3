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

// Parts of more than one view.

/// Shape and parameters of each layer.
void draw_layers(Ui& ui, const Architecture& architecture);
/// "32\u00D726\u00D726": channels, height and width; a single number for a flat layer.
std::string shape_words(const Shape& shape);
/// How far the data set has come, and the button that fetches it.
void draw_data_progress(const DataState& data, Ui& ui);
/// Loss and accuracy, side by side where there is room.
void draw_training_charts(Ui& ui, const std::vector<ChartPoint>& points, const std::vector<EpochMetrics>& epochs,
                          int total_epochs);
/// What a run that went on from a model was worth.
void draw_fine_tune(const Run& run, Ui& ui);
void draw_confusion_matrix(Ui& ui, const TestResult& test);

}  // namespace digitlab
