#pragma once

#include "app/commands/drawing_log.h"
#include "app/drawing_control.h"
#include "app/drawing_library.h"
#include "app/evaluations.h"
#include "app/state.h"
#include "app/view_control.h"
#include "predict/predictor.h"

namespace digitlab {

/// Carries out the commands about the log of drawings: labels, tests and exports.
class DrawingLogControl {
   public:
    struct Surroundings {
        DrawingLibrary& log;
        DrawingControl& drawing;
        const Predictor& predictor;
        Evaluations& evaluations;
        ViewControl& view;
    };
    /// All must outlive this.
    DrawingLogControl(State& state, Surroundings surroundings) : state_(state), around_(surroundings) {}

    Status handle(DrawingLogCommand command);

   private:
    Status on(const LabelDrawn& command);
    Status on(const LabelDrawing& command) { return around_.log.label(command.id, command.label); }
    Status on(const RemoveDrawing& command) { return around_.log.remove(command.id); }
    Status on(const ClearDrawings&) { return around_.log.clear(); }
    Status on(const TestOnDrawings& command);
    Status on(const ExportDrawings& command);
    void show_test(const std::string& model, const Evaluation& evaluation, const Status& status);

    State& state_;
    Surroundings around_;
};

}  // namespace digitlab
