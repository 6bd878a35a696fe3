#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace digitlab {

/// Keys keep the order in which they were added, so that files and outputs read as they were written.
using Json = nlohmann::ordered_json;

/// Parses without throwing; the error (code "bad-json") names the position.
Result<Json> parse_json(std::string_view text);

/// Reads `object[key]` into `target` when the key is there. A wrong type or an out-of-range number is an error
/// (code "bad-json") that names the key; an absent key leaves `target` as it is.
Status read_optional(const Json& object, const char* key, int& target);
Status read_optional(const Json& object, const char* key, std::uint64_t& target);
Status read_optional(const Json& object, const char* key, float& target);
Status read_optional(const Json& object, const char* key, double& target);
Status read_optional(const Json& object, const char* key, bool& target);
Status read_optional(const Json& object, const char* key, std::string& target);

}  // namespace digitlab
