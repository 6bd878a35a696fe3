#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace digitlab {

/// Keys keep the order in which they were added, so that files and outputs read as they were written.
using Json = nlohmann::ordered_json;

/// Parses without throwing; the error (code "bad-json") names the position. Nesting above 64 levels is an error too.
Result<Json> parse_json(std::string_view text);

/// Writes without throwing: bytes of a string that are not UTF-8 become U+FFFD. `indent` as in Json::dump.
std::string dump_json(const Json& json, int indent = -1);

/// The decimal number with the fewest digits that rounds to this float, so that 0.9F is written as 0.9 and not as
/// 0.8999999761581421.
double decimal(float value);

/// Reads `object[key]` into `target` when the key is there. A wrong type or an out-of-range number is an error
/// (code "bad-json") that names the key; an absent key leaves `target` as it is.
Status read_optional(const Json& object, const char* key, int& target);
Status read_optional(const Json& object, const char* key, std::uint64_t& target);
Status read_optional(const Json& object, const char* key, float& target);
Status read_optional(const Json& object, const char* key, double& target);
Status read_optional(const Json& object, const char* key, bool& target);
Status read_optional(const Json& object, const char* key, std::string& target);

}  // namespace digitlab
