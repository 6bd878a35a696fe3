#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "data/dataset.h"

namespace digitlab {

/// What a model tells apart. Kept in its file's notes as {dataset, kind, classNames}, of which MNIST's digits need none. Notes
/// without a kind, as earlier versions wrote all of theirs, mean digits exactly where they name no data set: only models of
/// MNIST were written like that, while ten unnamed classes of a data set that has a name may be anything.
struct KnownClasses {
    std::string dataset = mnist_id;    ///< id of the data set it was trained on
    DataKind kind = DataKind::digits;  ///< of that data set
    std::vector<std::string> names;    ///< (classes); empty: numbers
    int count = 10;

    /// Whether the classes are the digits 0 to 9, of MNIST or of another data set of digits: such a model votes, judges and
    /// reads numbers.
    bool digits() const { return kind == DataKind::digits; }
    std::string name(int index) const { return class_name(names, index); }

    bool operator==(const KnownClasses&) const = default;
};

/// What a model with `classes` outputs and these notes tells apart. Code "bad-model" when the notes do not fit.
Result<KnownClasses> known_classes(const Json& notes, int classes);

void note_classes(Json& notes, const KnownClasses& classes);

}  // namespace digitlab
