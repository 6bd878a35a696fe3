#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "predict/drawing.h"
#include "train/metrics.h"

namespace digitlab {

enum class ExportFormat { csv, csv_with_pixels, images };

/// "csv", "csv-pixels", "images", as in the JavaScript API.
std::string to_string(ExportFormat format);

/// A test of one model on all labelled drawings, the user's own test set.
struct DrawingTest {
    std::string model, name;
    std::size_t done = 0, total = 0;
    TestResult result;  ///< when done
};

/// The visible state of the log of drawings.
struct DrawingsState {
    DrawingList all;                        ///< oldest first
    std::vector<RunningAccuracy> accuracy;  ///< best first
    std::vector<std::string> current;       ///< for each digit of the reading: its id in the log, or "" when it is not there
    std::optional<DrawingTest> test;        ///< the latest one
};

const Drawing* find_drawing(const DrawingsState& drawings, const std::string& id);

std::size_t labelled_count(const DrawingsState& drawings);

/// The labelled drawings that a run may train on, and those held out to measure its success: with ten labelled drawings or
/// more, every fifth by the number in its id is held out, in every run.
struct DrawingSplit {
    DrawingList trained, held_out;

    DrawingList both() const;  ///< the trained ones first
};
DrawingSplit split_drawings(const DrawingList& all);

/// Pictures and labels of labelled drawings.
Dataset dataset_of(const DrawingList& labelled);

}  // namespace digitlab
