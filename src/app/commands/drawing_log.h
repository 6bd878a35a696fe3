#pragma once

#include <optional>
#include <string>

#include "app/drawings_state.h"
#include "app/one_of.h"

namespace digitlab {

// Commands about the log of drawings: DrawingLogControl carries them out.

/// Labels the selected digit of the drawing and puts it into the log. Fails with "blank", "bad-label" or "log-full".
struct LabelDrawn {
    int label;
};
/// Labels a drawing in the log; without a label, removes the old one. Fails with "unknown-drawing" or "bad-label".
struct LabelDrawing {
    std::string id;
    std::optional<int> label;
};
struct RemoveDrawing {
    std::string id;
};
struct ClearDrawings {};
/// Asks a model again about every labelled drawing. Fails with "unknown-model", "no-drawings" or "other-classes".
struct TestOnDrawings {
    std::string model;
};
/// Asks the platform to save the log as a file. Fails with "no-drawings".
struct ExportDrawings {
    ExportFormat format;
};

using DrawingLogCommand = OneOf<LabelDrawn, LabelDrawing, RemoveDrawing, ClearDrawings, TestOnDrawings, ExportDrawings>;

}  // namespace digitlab
