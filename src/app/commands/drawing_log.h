#pragma once

#include <optional>
#include <string>

#include "app/drawings_state.h"
#include "app/one_of.h"

namespace digitlab {

// Commands about the log of drawings: DrawingLogControl carries them out.

/// Says what the selected digit of the drawing truly is, which puts it into the log. Codes "blank", "bad-label", "log-full".
struct LabelDrawn {
    int label;
};
/// Labels a drawing in the log; no label takes its label away. Codes "unknown-drawing", "bad-label".
struct LabelDrawing {
    std::string id;
    std::optional<int> label;
};
struct RemoveDrawing {
    std::string id;
};
struct ClearDrawings {};
/// Asks a model again for every labelled drawing. Codes "unknown-model", "no-drawings", "other-classes".
struct TestOnDrawings {
    std::string model;
};
/// Asks the platform for the log as a file. Code "no-drawings".
struct ExportDrawings {
    ExportFormat format;
};

using DrawingLogCommand = OneOf<LabelDrawn, LabelDrawing, RemoveDrawing, ClearDrawings, TestOnDrawings, ExportDrawings>;

}  // namespace digitlab
