#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace digitlab {

/// CRC-32 (ISO 3309, as in zip and PNG) of `bytes`.
std::uint32_t crc32(std::span<const std::uint8_t> bytes);

/// SHA-256 (FIPS 180-4) of `bytes` as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::span<const std::uint8_t> bytes);

}  // namespace digitlab
