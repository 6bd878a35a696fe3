#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/files.h"
#include "base/result.h"

namespace digitlab {

bool is_gzip(std::span<const std::uint8_t> bytes);

/// Unpacks a gzip file of one part (RFC 1952). `name` is what messages call it. Never takes more memory than `most_bytes`.
/// Codes "bad-gzip" (damaged, cut short) and "too-large".
Result<Bytes> gunzip(const std::string& name, std::span<const std::uint8_t> packed, std::size_t most_bytes);

/// Of any kind, behind deflated data: what follows it in gzip and ZIP. The unpacker reads ahead as far as that.
inline constexpr std::size_t deflate_slack = 4;

/// Unpacks deflated data (RFC 1951), `deflate_slack` bytes included, which have to become exactly `size` bytes. Code
/// "bad-deflate".
Result<Bytes> inflate(std::span<const std::uint8_t> packed, std::size_t size);

}  // namespace digitlab
