#include "base/text.h"

#include <fast_float/fast_float.h>

#include <cmath>
#include <system_error>

namespace digitlab {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

bool is_plain_text(std::string_view text) {
    std::size_t left = 0;  // bytes still missing from the current letter
    unsigned letter = 0, least = 0;
    for (const char byte : text) {
        const auto value = static_cast<unsigned char>(byte);
        if (left > 0) {
            if ((value & 0xC0U) != 0x80U) return false;
            letter = letter << 6U | (value & 0x3FU);
            if (--left > 0) continue;
            const bool surrogate = letter >= 0xD800 && letter <= 0xDFFF;
            if (letter < least || letter > 0x10FFFF || surrogate || (letter >= 0x80 && letter < 0xA0)) return false;
        } else if (value < 0x80) {
            if (value < 0x20 || value == 0x7F) return false;
        } else if ((value & 0xE0U) == 0xC0U) {
            left = 1, letter = value & 0x1FU, least = 0x80;
        } else if ((value & 0xF0U) == 0xE0U) {
            left = 2, letter = value & 0x0FU, least = 0x800;
        } else if ((value & 0xF8U) == 0xF0U) {
            left = 3, letter = value & 0x07U, least = 0x10000;
        } else {
            return false;
        }
    }
    return left == 0;
}

Status check_name(const std::string& what, std::string_view name, std::size_t most_bytes) {
    if (!name.empty() && name.size() <= most_bytes && is_plain_text(name)) return {};
    return fail("bad-name", what + " needs a name of 1 to " + std::to_string(most_bytes) + " letters.");
}

std::optional<double> decimal_in(std::string_view text) {
    double number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, problem] = fast_float::from_chars(
        text.data(), end, number, fast_float::chars_format::general | fast_float::chars_format::allow_leading_plus);
    if (problem != std::errc() || stop != end || !std::isfinite(number)) return std::nullopt;
    return number;
}

}  // namespace digitlab
