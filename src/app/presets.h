#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "train/spec.h"

namespace digitlab {

/// A run worth trying as it is.
struct Preset {
    std::string id;     ///< "quick-look"
    std::string title;  ///< "Quick look"
    std::string text;   ///< what to expect, in plain words
    std::string json;   ///< its spec
};

/// The presets in the order in which they are offered: first those that train well, then lessons in what can go wrong.
const std::vector<Preset>& presets();

/// Fails with "unknown-preset".
Result<ExperimentSpec> preset_spec(const std::string& id);

}  // namespace digitlab
