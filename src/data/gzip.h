#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/files.h"
#include "base/result.h"

namespace digitlab {

bool is_gzip(std::span<const std::uint8_t> bytes);

/// Unpacks a gzip file (RFC 1952) into at most `most_bytes`. `name` is what messages call it. Fails with "bad-gzip" (damaged or
/// truncated) or "too-large".
Result<Bytes> gunzip(const std::string& name, std::span<const std::uint8_t> packed, std::size_t most_bytes);

}  // namespace digitlab
