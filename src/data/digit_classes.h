#pragma once

#include <string>
#include <vector>

#include "data/dataset.h"

namespace digitlab {

/// Whether the classes of a data set may be the digits: there are ten, which are numbers. Files with such labels are taken for
/// digits unless the user says that the numbers stand for something else.
inline bool may_be_digits(int classes, const std::vector<std::string>& names) { return classes == 10 && names.empty(); }

/// What the classes of a data set are when nobody has said so.
inline DataKind usual_kind(int classes, const std::vector<std::string>& names) {
    return may_be_digits(classes, names) ? DataKind::digits : DataKind::other;
}

}  // namespace digitlab
