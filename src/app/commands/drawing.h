#pragma once

#include <cstddef>
#include <string>

#include "app/one_of.h"
#include "app/state.h"

namespace digitlab {

// Commands about the paper, the tools beside it and the answers: DrawingControl carries them out. Every change of the paper can
// be undone.

/// The lines that follow are one stroke, which is one undo step.
struct BeginStroke {};
/// The pen is lifted: the drawing needs answers at once.
struct EndStroke {};
/// One segment of a stroke, in canvas pixels. Fails with "not-drawable" while a picture lies on the paper.
struct DrawLine {
    InkPoint from;
    InkPoint to;
    float diameter;
    bool erases = false;
};
struct SetPen {
    float width;  ///< as seen on the page, in CSS pixels
};
struct ChooseTool {
    DrawingTool tool;
};
/// Removes the drawing and the picture.
struct ClearDrawing {};
/// Swaps the colours of ink and paper.
struct InvertPaper {};
struct UndoDrawing {};
struct RedoDrawing {};
/// Replaces what is on the paper with one of the program's own digits.
struct PlaceSampleDigit {
    int digit;
};
/// Replaces what is on the paper with an MNIST test digit, chosen at random. Fails with "no-data".
struct PlaceTestDigit {};
/// Replaces what is on the paper with a generated photo of a note with several digits.
struct PlaceSamplePhoto {};
/// Reads a picture (0 black to 255 white) instead of the drawing, until it is cleared, and shows it. Fails with "bad-image".
struct SetPicture {
    GreyImage grey;
};

/// Asks every model again, even if nothing has changed.
struct PredictDrawing {};
struct SetPreparationSteps {
    PreparationSteps steps;
};
/// Shows the stages and answers of another digit of the reading. Fails with "unknown-digit".
struct SelectDigit {
    std::size_t index;
};

using DrawingCommand =
    OneOf<BeginStroke, EndStroke, DrawLine, SetPen, ChooseTool, ClearDrawing, InvertPaper, UndoDrawing, RedoDrawing,
          PlaceSampleDigit, PlaceTestDigit, PlaceSamplePhoto, SetPicture, PredictDrawing, SetPreparationSteps, SelectDigit>;

}  // namespace digitlab
