#pragma once

#include <string>

namespace digitlab {

inline bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace digitlab
