#pragma once

#include <string>
#include <vector>

namespace digitlab {

/// The classes of Fashion-MNIST in the order of its labels ("T-shirt/top", "Trouser", …).
const std::vector<std::string>& fashion_class_names();

inline constexpr const char* fashion_name = "Fashion-MNIST";

}  // namespace digitlab
