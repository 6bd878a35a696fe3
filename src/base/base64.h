#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace digitlab {

/// Bytes as text, in the standard alphabet with padding (RFC 4648, section 4).
std::string base64(std::span<const std::uint8_t> bytes);

/// Decodes exactly that form; fails with "bad-base64" for anything else.
Result<std::vector<std::uint8_t>> bytes_from_base64(std::string_view text);

}  // namespace digitlab
