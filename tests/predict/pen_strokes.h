#pragma once

#include <functional>
#include <string>
#include <vector>

#include "data/ink.h"

namespace digitlab {

/// A digit written with a pen.
struct PenDigit {
    int label = 0;
    std::vector<std::vector<InkPoint>> strokes;  ///< y grows downwards
};

/// Reads UNIPEN text with segments of kind DIGIT; empty when the file is absent.
std::vector<PenDigit> read_pen_digits(const std::string& path);

/// Maps the digit's points to the middle of the canvas, so that its longer side is `size` canvas pixels between pen centres.
std::function<InkPoint(InkPoint)> centred_on_canvas(const PenDigit& digit, float size);

}  // namespace digitlab
