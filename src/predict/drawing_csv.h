#pragma once

#include <string>

#include "predict/drawing.h"

namespace digitlab {

/// Drawings as comma-separated values (RFC 4180: lines end in CR LF; fields with a comma, quote or line break are quoted), with
/// a header line and one line per drawing:
///
///     id, date        "d-0001"; ISO 8601 in UTC
///     source          drawn or uploaded
///     label           the true digit, empty when not given
///     vote            the digit that most models answered, empty without answers
///     right           1 when vote is label, 0 when not, empty without either
///     <model> digit, <model> confidence    for each model, in the order of its first answer; empty where it gave none
///     pixel_0 … pixel_783                  with `pixels` only: 28 rows of 28, 0 paper to 255 ink, as the models saw them
///
/// Text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line break) gets a leading apostrophe.
std::string drawings_csv(const DrawingList& drawings, bool pixels);

}  // namespace digitlab
