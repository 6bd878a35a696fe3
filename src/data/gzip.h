#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/files.h"
#include "base/result.h"

namespace digitlab {

bool is_gzip(std::span<const std::uint8_t> bytes);

/// Unpacks a gzip file (RFC 1952). `name` is what messages call it. Never makes more than `most_bytes`. Codes "bad-gzip"
/// (damaged, cut short) and "too-large".
Result<Bytes> gunzip(const std::string& name, std::span<const std::uint8_t> packed, std::size_t most_bytes);

}  // namespace digitlab
