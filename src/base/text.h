#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace digitlab {

/// `text` without blanks, tabs and line ends around it.
std::string_view trimmed(std::string_view text);

/// Whether the bytes are UTF-8 without control characters: what a label or name may be made of.
bool is_plain_text(std::string_view text);

/// Checks a name that the user has given to `what`, such as "A run". Code "bad-name" when it is empty, longer than `most_bytes`
/// or no plain text.
Status check_name(const std::string& what, std::string_view name, std::size_t most_bytes);

/// The finite decimal number that all of `text` is, such as "-0.5" or "1e-3", whatever the locale; nothing when it is something
/// else.
std::optional<double> decimal_in(std::string_view text);

}  // namespace digitlab
