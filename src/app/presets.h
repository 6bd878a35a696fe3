#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "train/spec.h"

namespace digitlab {

/// A training worth trying as it is.
struct Preset {
    std::string id;     ///< "quick-look"
    std::string title;  ///< "Quick look"
    std::string text;   ///< what to expect of it, in plain words
    std::string json;   ///< its spec
};

/// In the order in which they are offered: first those that train well, then lessons in which something goes wrong.
const std::vector<Preset>& presets();

/// Code "unknown-preset".
Result<ExperimentSpec> preset_spec(const std::string& id);

}  // namespace digitlab
