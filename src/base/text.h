#pragma once

#include <optional>
#include <string_view>

namespace digitlab {

/// `text` without blanks, tabs and line ends around it.
std::string_view trimmed(std::string_view text);

/// The finite decimal number that all of `text` is, such as "-0.5" or "1e-3", whatever the locale; nothing when it is something
/// else.
std::optional<double> decimal_in(std::string_view text);

}  // namespace digitlab
