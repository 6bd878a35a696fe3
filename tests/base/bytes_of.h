#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace digitlab {

inline std::vector<std::uint8_t> bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

}  // namespace digitlab
