#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace digitlab {

static_assert(std::endian::native == std::endian::little, "files hold numbers as they are in memory");

inline void append_u32(std::vector<std::uint8_t>& bytes, std::uint32_t value) {
    const std::size_t at = bytes.size();
    bytes.resize(at + sizeof value);
    std::memcpy(bytes.data() + at, &value, sizeof value);
}

/// `bytes` must hold four bytes at `offset`.
inline std::uint32_t read_u32(std::span<const std::uint8_t> bytes, std::size_t offset) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

}  // namespace digitlab
