#pragma once

#include "app/commands/drawing.h"
#include "base/result.h"

namespace digitlab {

// The commands that change only the paper and the tools beside it. Each change of the paper can be undone; a whole stroke is
// one change. On an error nothing has changed.

Status change_drawing(DrawState& draw, const BeginStroke& command);
Status change_drawing(DrawState& draw, const EndStroke& command);
Status change_drawing(DrawState& draw, const DrawLine& command);
Status change_drawing(DrawState& draw, const SetPen& command);
Status change_drawing(DrawState& draw, const ChooseTool& command);
Status change_drawing(DrawState& draw, const ClearDrawing& command);
Status change_drawing(DrawState& draw, const InvertPaper& command);
Status change_drawing(DrawState& draw, const UndoDrawing& command);
Status change_drawing(DrawState& draw, const RedoDrawing& command);
Status change_drawing(DrawState& draw, const PlaceSampleDigit& command);
Status change_drawing(DrawState& draw, const PlaceSamplePhoto& command);

/// Puts a drawing of the canvas's size on the paper. Fails with "bad-image".
Status set_drawing(DrawState& draw, GreyImage ink);
/// Lays a picture on the paper. Fails with "bad-image".
Status set_picture(DrawState& draw, GreyImage grey);

}  // namespace digitlab
