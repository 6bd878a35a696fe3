#pragma once

#include <optional>
#include <string>

#include "app/one_of.h"

namespace digitlab {

// Commands about why a model answers as it does: ExplanationJob carries them out.

/// Shows or hides the explanation; nothing is computed while it is hidden.
struct ShowWhy {
    bool open;
};
struct ExplainModel {
    std::string id;  ///< "": the most confident one
};
struct ExplainDigit {
    std::optional<int> digit;  ///< empty: the model's answer
};

using WhyCommand = OneOf<ShowWhy, ExplainModel, ExplainDigit>;

}  // namespace digitlab
