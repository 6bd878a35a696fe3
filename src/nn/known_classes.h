#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "data/dataset.h"

namespace digitlab {

/// The classes that a model knows. Kept in its file's notes as {dataset, kind, classNames}; none of them is needed for MNIST's
/// digits. Earlier versions wrote no kind. Such notes mean digits only if they name no data set: only models of MNIST were
/// written like that, while ten unnamed classes of a named data set may be anything.
struct KnownClasses {
    std::string dataset = mnist_id;    ///< id of the data set it was trained on
    DataKind kind = DataKind::digits;  ///< kind of that data set
    std::vector<std::string> names;    ///< (classes); if empty, the classes are numbers
    int count = 10;

    /// Whether the classes are the digits 0 to 9, of MNIST or of another data set of digits: such a model can vote, judge ink
    /// and read numbers.
    bool digits() const { return kind == DataKind::digits; }
    std::string name(int index) const { return class_name(names, index); }

    bool operator==(const KnownClasses&) const = default;
};

/// The classes of a model with `classes` outputs and these notes. Fails with "bad-model" if the notes do not fit.
Result<KnownClasses> known_classes(const Json& notes, int classes);

void note_classes(Json& notes, const KnownClasses& classes);

}  // namespace digitlab
