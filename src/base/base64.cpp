#include "base/base64.h"

#include <algorithm>
#include <cstddef>

namespace digitlab {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

tl::unexpected<Error> bad_text() { return fail("bad-base64", "This is not base64."); }

}  // namespace

std::string base64(std::span<const std::uint8_t> bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t first = 0; first < bytes.size(); first += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - first);
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i) group = group << 8 | (i < count ? bytes[first + i] : 0U);
        for (std::size_t i = 0; i < 4; ++i) text += i <= count ? alphabet[group >> (18 - 6 * i) & 63U] : '=';
    }
    return text;
}

Result<std::vector<std::uint8_t>> bytes_from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return bad_text();
    std::vector<std::uint8_t> bytes;
    bytes.reserve(text.size() / 4 * 3);
    for (std::size_t first = 0; first < text.size(); first += 4) {
        const bool last = first + 4 == text.size();
        std::size_t padding = 0;
        if (last) padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const std::size_t value = i < 4 - padding ? alphabet.find(text[first + i]) : 0;
            if (value == std::string_view::npos) return bad_text();
            group = group << 6 | static_cast<std::uint32_t>(value);
        }
        // The bits left over by padding must be zero, so that each value has exactly one text.
        const std::uint32_t unused = padding == 2 ? 0xFFFFU : padding == 1 ? 0xFFU : 0U;
        if ((group & unused) != 0) return bad_text();
        for (std::size_t i = 0; i < 3 - padding; ++i) bytes.push_back(static_cast<std::uint8_t>(group >> (16 - 8 * i)));
    }
    return bytes;
}

}  // namespace digitlab
