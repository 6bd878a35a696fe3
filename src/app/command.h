#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/state.h"

namespace digitlab {

// Everything the user can do, and everything the platform can report. Panels, the command line and the JavaScript API
// make these; App::apply is the only one who changes the state.

struct ShowView {
    View view;
};
struct ChooseTheme {
    ThemeChoice theme;
};
struct EditForm {
    TrainForm form;
};  ///< `problem` is ignored and worked out anew
/// Starts training at once, or as soon as the data set is there. Without a spec, the form's.
struct StartTraining {
    std::optional<ExperimentSpec> spec;
};
struct PauseTraining {};
struct ResumeTraining {};
struct StopTraining {};

/// One stretch of a stroke, in canvas pixels.
struct DrawLine {
    InkPoint from;
    InkPoint to;
};
struct SetPen {
    float diameter;
};
struct ClearDrawing {};
/// Asks every model again, even if nothing changed.
struct PredictDrawing {};

struct SelectRun {
    std::string id;
};
struct DeleteRun {
    std::string id;
};
struct DismissNotice {
    int id;
};

/// Wants the data set; does nothing when it is there or on its way.
struct RequestData {};
struct ReportDataProgress {
    double received_bytes;
    double total_bytes;
};
struct ReportDataReady {
    DataPair pair;
};
struct ReportDataFailed {
    std::string message;
};

using Command = std::variant<ShowView, ChooseTheme, EditForm, StartTraining, PauseTraining, ResumeTraining, StopTraining,
                             DrawLine, SetPen, ClearDrawing, PredictDrawing, SelectRun, DeleteRun, DismissNotice, RequestData,
                             ReportDataProgress, ReportDataReady, ReportDataFailed>;

using Commands = std::vector<Command>;

}  // namespace digitlab
