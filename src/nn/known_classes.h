#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "data/dataset.h"

namespace digitlab {

/// What a model tells apart. Kept in its file's notes as {dataset, classNames}, which those of MNIST's digits lack.
struct KnownClasses {
    std::string dataset = mnist_id;  ///< id of the data set it was trained on
    std::vector<std::string> names;  ///< (classes); empty: numbers
    int count = 10;

    /// Whether the classes are the digits 0 to 9, of MNIST or of another data set of digits.
    bool digits() const { return dataset == mnist_id || (names.empty() && count == 10); }
    std::string name(int index) const { return class_name(names, index); }

    bool operator==(const KnownClasses&) const = default;
};

/// Of a model with so many `classes`. Code "bad-model" when the notes do not fit.
Result<KnownClasses> known_classes(const Json& notes, int classes);

void note_classes(Json& notes, const KnownClasses& classes);

}  // namespace digitlab
