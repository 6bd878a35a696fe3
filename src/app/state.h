#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/datasets_state.h"
#include "app/drawings_state.h"
#include "app/platform_requests.h"
#include "app/storage_state.h"
#include "app/sweep_form.h"
#include "app/train_form.h"
#include "app/undo_history.h"
#include "app/why_state.h"
#include "base/json.h"
#include "data/dataset.h"
#include "data/ink.h"
#include "nn/known_classes.h"
#include "predict/predictor.h"
#include "predict/reading.h"
#include "store/run.h"
#include "train/metrics.h"

namespace digitlab {

enum class View { train, draw, history, inspect, data, about };
inline constexpr View all_views[] = {View::train, View::draw, View::history, View::inspect, View::data, View::about};

/// "Train", "Draw", …: the titles of the tabs.
const char* title(View view);

enum class ThemeChoice { system, light, dark };

/// A run that waits for its turn or its data, trains, or has ended.
struct TrainingState {
    bool active = false;   ///< waiting for data, running or paused
    bool queued = false;   ///< waiting for its turn
    bool waiting = false;  ///< for the data set
    bool paused = false;
    bool stopping = false;
    std::string stop_reason;  ///< for the user, when the program stopped it
    std::string run_id;       ///< "" when there is none
    ExperimentSpec spec;
    float learning_rate = 0;  ///< the rate that the schedule starts from, with the user's changes
    TrainingProgress progress;
    bool stands_still = false;  ///< no step runs, and none will until a command asks for one
    std::vector<ChartPoint> chart;
    std::vector<EpochMetrics> epochs;
    std::vector<RateChange> rate_changes;
    TrainingView view;

    bool ended() const { return !active && !queued; }
};

inline constexpr int most_at_once = 4;

inline constexpr float smallest_pen = 5, largest_pen = 30, usual_pen = 28;  ///< widths as seen on the page, in CSS pixels

enum class DrawingTool { pen, eraser };

/// What is on the paper, a drawing or a picture, and how it is read.
struct DrawState {
    InkCanvas canvas;
    float pen_width = usual_pen;  ///< in CSS pixels
    DrawingTool tool = DrawingTool::pen;
    bool light_on_dark = false;                ///< the drawing is light ink on dark paper
    std::shared_ptr<const GreyImage> picture;  ///< read instead of the drawing; 0 black to 255 white
    std::uint64_t paper_revision = 0;          ///< grows whenever the paper changes
    UndoHistory undo;
    bool stroke_open = false;                    ///< the pen is on the paper
    std::optional<PaperSnapshot> before_stroke;  ///< set while a stroke has not left a trace yet
    std::uint64_t samples_placed = 0;            ///< seeds the next one, so that no two are the same
    PreparationSteps steps;
    Reading reading;
    std::uint64_t reading_revision = 0;  ///< grows with every new reading
    std::size_t selected_digit = 0;      ///< index in `reading` of the digit whose stages and answers are shown
};

/// Returns the digit whose stages and answers are shown; null when the reading has none.
const ReadDigit* selected_digit(const DrawState& draw);

/// Returns what is read, 0 black to 255 white: the picture if there is one, otherwise the drawing in its colours.
GreyImage grey_of(const DrawState& draw);

enum class SavePhase { saved, saving, failed, read_only };

/// Whether what the user sees would survive closing the tab. It is `saved` only after a flush has succeeded.
struct SaveState {
    SavePhase phase = SavePhase::saved;
    std::string message;  ///< the reason, when failed or read-only
};

/// A message for the user. A confirmation leaves the screen by itself; an error stays until it is dismissed or its cause is
/// gone.
struct Notice {
    int id = 0;
    bool is_error = false;
    std::string text;
    std::string cause = {};  ///< what an error is about (app/notice_causes.h); "" if nothing tells when that works again
};

/// The build of this program and what it runs on.
struct Environment {
    std::string variant = "native";  ///< "threads-relaxed", "threads", "single" or "native"
    std::string version;
    int threads = 1;  ///< the most that training may use
};

/// A model that came with the program.
struct ReadyModel {
    std::string id, name;
    Architecture architecture;
    std::size_t parameters = 0;
    double test_accuracy = 0;
    int epochs = 0;  ///< of its training
    KnownClasses classes;
};

/// Everything that can be seen. Only App changes it; panels and shells only read it.
struct State {
    View view = View::train;
    ThemeChoice theme = ThemeChoice::system;
    Environment environment;
    TrainForm form;
    SweepForm sweep_form;
    DatasetsState datasets;
    std::vector<TrainingState> trainings;  ///< active ones first, then the queue, then the ended one still in view
    std::string shown_training;            ///< run id of the training in view; "" before the first
    int at_once = 1;                       ///< how many runs train at the same time and share the threads
    DrawState draw;
    DrawingsState drawings;
    WhyState why;
    std::vector<Run> runs;  ///< oldest first
    std::vector<ReadyModel> ready_models;
    std::vector<std::string> models;  ///< ids of the models that can answer, oldest first
    std::string selected_run;         ///< id; shown in detail in History
    SaveState save;
    StorageState storage;
    PlatformRequests requests;
    std::vector<Notice> notices;
    std::uint64_t revision = 0;  ///< grows with every change

    /// Returns the training in view; an empty one before the first.
    const TrainingState& training() const;
    /// Returns the number of active trainings, without those in the queue.
    int active_trainings() const;
};

/// Returns the classes that a run's or ready-made model tells apart; MNIST's digits for an unknown id.
KnownClasses model_classes(const State& state, const std::string& id);

const Run* find_run(const State& state, const std::string& id);
/// Returns null when no training of this run is active, in the queue or in view.
const TrainingState* find_training(const State& state, const std::string& run_id);
/// Whether a training that is active or in the queue uses this data set.
bool is_trained_on(const State& state, const std::string& dataset);

/// Returns the name to show for a model; its id when it is gone.
std::string model_name(const State& state, const std::string& id);

Json to_json(const Environment& environment);

/// Returns {view, training: {…progress, runId, state}, trainings: [the same], data: {…}, datasets: […], import: {…}, save: {…},
/// models, …}: the result of `status()` of the JavaScript API.
Json status_json(const State& state);

}  // namespace digitlab
