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

/// One model asked again for every labelled drawing: a test set of one's own.
struct DrawingTest {
    std::string model, name;
    std::size_t done = 0, total = 0;
    TestResult result;  ///< when done
};

/// The log of drawings, as far as it can be seen.
struct DrawingsState {
    DrawingList all;                        ///< oldest first
    std::vector<RunningAccuracy> accuracy;  ///< best first
    std::vector<std::string> current;       ///< for each digit of the reading: its id in the log, "" while it is not there
    std::optional<DrawingTest> test;        ///< the one asked for last
};

const Drawing* find_drawing(const DrawingsState& drawings, const std::string& id);

std::size_t labelled_count(const DrawingsState& drawings);

/// The labelled drawings that a training may use, and those that it must not, so that they can say what it is worth: from ten
/// labelled ones on, every fifth by the number in its id, whatever training comes.
struct DrawingSplit {
    DrawingList trained, held_out;

    DrawingList both() const;  ///< the trained ones first
};
DrawingSplit split_drawings(const DrawingList& all);

/// Pictures and labels of labelled drawings.
Dataset dataset_of(const DrawingList& labelled);

}  // namespace digitlab
