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

std::optional<double> decimal_in(std::string_view text) {
    double number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, problem] = fast_float::from_chars(
        text.data(), end, number, fast_float::chars_format::general | fast_float::chars_format::allow_leading_plus);
    if (problem != std::errc() || stop != end || !std::isfinite(number)) return std::nullopt;
    return number;
}

}  // namespace digitlab
